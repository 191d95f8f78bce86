package org.therapost.mailets.letters;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;

/**
 * {@code Message-ID}s of notes to therapists. Each names by keyed pseudonyms the thread that it is about and the matter,
 * so that a reply tells what it is about, and nobody without the key can make one up.
 */
final class NoteIds {

    private static final int OF_THREAD = 18;
    private static final int OF_MATTER = 8;

    private final ServerKey serverKey;

    NoteIds(ServerKey serverKey) {
        this.serverKey = serverKey;
    }

    /** A new one. */
    String next(Therapist therapist, Optional<ClientThread> about, String matter) {
        return id(therapist, about, matter, UUID.randomUUID().toString());
    }

    /** The one that all notes of a matter refer to: nobody ever sent it, but programs thread by it (RFC 5322 section 3.6.4). */
    String root(Therapist therapist, Optional<ClientThread> about, String matter) {
        return id(therapist, about, matter, "0");
    }

    private String id(Therapist therapist, Optional<ClientThread> about, String matter, String last) {
        return "<" + subject(therapist, about) + "." + matter(therapist, matter) + "." + last + "@"
                + therapist.address().domain() + ">";
    }

    /** Whether it is that of a note about a thread. */
    boolean isAbout(ClientThread thread, String messageId) {
        return messageId.startsWith("<" + subject(thread.therapist(), Optional.of(thread)) + ".")
                && messageId.endsWith("@" + thread.therapist().address().domain() + ">");
    }

    /** Whether it is that of a note about a matter of this therapist, whatever the thread. */
    boolean isAbout(Therapist therapist, String matter, String messageId) {
        return messageId.contains("." + matter(therapist, matter) + ".")
                && messageId.endsWith("@" + therapist.address().domain() + ">");
    }

    private String subject(Therapist therapist, Optional<ClientThread> about) {
        String key = about.map(thread -> thread.id().value().toString())
                .orElseGet(() -> "therapist:" + therapist.id().value());
        return hexadecimal(key, SealingPurpose.NOTE_ID, OF_THREAD);
    }

    private String matter(Therapist therapist, String matter) {
        return hexadecimal(therapist.id().value() + "\0" + matter, SealingPurpose.NOTE_MATTER, OF_MATTER);
    }

    // In hexadecimal digits, which spell no word by chance.
    private String hexadecimal(String what, SealingPurpose purpose, int octets) {
        return HexFormat.of().formatHex(serverKey.pseudonym(what, purpose), 0, octets);
    }
}
