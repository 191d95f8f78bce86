package org.therapost.domain.sessions.letters;

import java.util.Optional;

/**
 * What a note to a therapist says in addition to its subject matter.
 *
 * @param clientNotTold whether what the note speaks of has not reached the client: there is neither key nor
 *     consent
 * @param wordsLeftOut whether the mail that it answers had words that were not passed on
 * @param answers the {@code Message-ID}, with angle brackets, of the therapist's mail that it answers
 */
public record NoteContext(boolean clientNotTold, boolean wordsLeftOut, Optional<String> answers) {

    /** Nothing besides. */
    public static final NoteContext NONE = new NoteContext(false, false, Optional.empty());

    public NoteContext notTold(boolean waits) {
        return new NoteContext(waits, wordsLeftOut, answers);
    }
}
