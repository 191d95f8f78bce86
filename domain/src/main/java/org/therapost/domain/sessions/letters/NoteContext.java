package org.therapost.domain.sessions.letters;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a note to a therapist says in addition to its subject matter.
 *
 * @param answers the {@code Message-ID}, with angle brackets, of the therapist's mail that it answers
 */
public record NoteContext(Set<Remark> remarks, Optional<String> answers) {

    /** A sentence that a note may have. */
    public enum Remark {
        /** What the note speaks of has not reached the client: there is neither key nor consent. */
        CLIENT_NOT_TOLD,
        /** The mail that it answers had words that were not passed on. */
        WORDS_LEFT_OUT
    }

    /** Nothing besides. */
    public static final NoteContext NONE = new NoteContext(Set.of(), Optional.empty());

    public NoteContext {
        remarks = Set.copyOf(remarks);
    }

    /** Nothing but that it answers a mail. */
    public static NoteContext answering(Optional<String> messageId) {
        return new NoteContext(Set.of(), messageId);
    }

    /** The same, with one remark more. */
    public NoteContext with(Remark remark) {
        return new NoteContext(
                Stream.concat(remarks.stream(), Stream.of(remark)).collect(Collectors.toSet()), answers);
    }

    public boolean has(Remark remark) {
        return remarks.contains(remark);
    }
}
