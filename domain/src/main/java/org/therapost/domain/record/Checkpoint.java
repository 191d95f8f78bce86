package org.therapost.domain.record;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.TherapistId;

/**
 * The ends of the chains of all threads of a therapist at one instant. The therapist's key signs it; whoever holds one can show
 * later that what was there then was not changed since.
 *
 * @param fingerprint of the therapist's certificate, in lower-case hexadecimal
 * @param madeAt the database's time
 * @param before SHA-256 of the signed text of the therapist's checkpoint before, in lower-case hexadecimal; {@value #FIRST} if there
 *     was none
 */
public record Checkpoint(
        TherapistId therapist, String fingerprint, Instant madeAt, String before, List<CheckpointHead> heads) {

    private static final String TITLE = "Therapost: checkpoint of the record, form 1";
    /** Stands for the checkpoint before the first one. */
    public static final String FIRST = "none";

    private static final int THREAD_FIELDS = 3;
    private static final int BEFORE_THREADS = 5;

    public Checkpoint {
        heads = List.copyOf(heads);
    }

    /** How many messages the threads have. */
    public long messages() {
        return heads.stream().mapToLong(CheckpointHead::number).sum();
    }

    /** As it is signed: lines of at most 72 octets of ASCII, each with LF at its end, that say nothing of who the clients are. */
    public String text() {
        return TITLE + "\ntherapist " + therapist.value() + "\nkey " + fingerprint + "\nmade " + madeAt + "\nbefore "
                + before
                + "\n"
                + threads() + "threads " + heads.size() + "\n";
    }

    private String threads() {
        return heads.stream()
                .map(head -> "thread " + head.thread().value() + " " + head.number() + "\ntag "
                        + (head.number() == 0 ? "none" : HexFormat.of().formatHex(head.tag())) + "\n")
                .collect(Collectors.joining());
    }

    /** SHA-256 of what it says about the threads: equal for two checkpoints between which nothing came. */
    public byte[] digestOfHeads() {
        return RecordedMessage.digest(threads().getBytes(StandardCharsets.US_ASCII));
    }

    /** What the next checkpoint says about this one. */
    public static String before(String signed) {
        return HexFormat.of().formatHex(RecordedMessage.digest(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Checkpoint read(String text) {
        List<String> lines = text.lines().map(String::stripTrailing).toList();
        try {
            if (lines.size() <= BEFORE_THREADS
                    || lines.size() % 2 != 0
                    || !lines.get(0).equals(TITLE)) {
                throw new IllegalArgumentException("not a checkpoint");
            }
            List<CheckpointHead> heads = new ArrayList<>();
            for (int i = BEFORE_THREADS; i < lines.size() - 1; i += 2) {
                heads.add(head(lines.get(i), after("tag ", lines.get(i + 1))));
            }
            if (!lines.get(lines.size() - 1).equals("threads " + heads.size())) {
                throw new IllegalArgumentException("a checkpoint that is not whole");
            }
            return new Checkpoint(
                    new TherapistId(UUID.fromString(after("therapist ", lines.get(1)))),
                    after("key ", lines.get(2)),
                    Instant.parse(after("made ", lines.get(3))),
                    after("before ", lines.get(4)),
                    heads);
        } catch (DateTimeException strange) {
            throw new IllegalArgumentException("a checkpoint without a time", strange);
        }
    }

    private static CheckpointHead head(String thread, String tag) {
        String[] parts = thread.split(" ", -1);
        if (parts.length != THREAD_FIELDS || !parts[0].equals("thread")) {
            throw new IllegalArgumentException("a line of a checkpoint that is none");
        }
        return new CheckpointHead(
                new ThreadId(UUID.fromString(parts[1])),
                Long.parseLong(parts[2]),
                tag.equals("none") ? new byte[0] : HexFormat.of().parseHex(tag));
    }

    private static String after(String word, String line) {
        if (!line.startsWith(word)) {
            throw new IllegalArgumentException("a checkpoint without " + word.strip());
        }
        return line.substring(word.length());
    }
}
