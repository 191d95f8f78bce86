package org.therapost.domain.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.AuthenticationKey;
import org.therapost.domain.sealing.AuthenticationPurpose;
import org.therapost.domain.sealing.ServerKey;

/** Makes the tags of the record. Whoever has not the server key can make none. */
public final class RecordTags {

    private static final byte[] START = text("start");
    private static final byte[] MESSAGE = text("message");
    private static final byte[] ALONE = text("message outside of threads");
    private static final byte[] TOMBSTONE = text("tombstone");

    private final AuthenticationKey key;

    public RecordTags(ServerKey serverKey) {
        this.key = serverKey.authentication(AuthenticationPurpose.RECORD);
    }

    /** Stands for the tag before a thread's first message. */
    public byte[] start(ThreadId thread, ChainStart start) {
        return key.tag(
                START,
                octets(thread.value()),
                start.at().map(RecordTags::octets).orElseGet(() -> new byte[0]),
                octets(start.messages()));
    }

    /**
     * The tag of a message of a thread.
     *
     * @param number its number in the thread, from 1
     * @param before the tag of the message before it; of the first, {@link #start}
     */
    public byte[] message(ThreadId thread, long number, RecordedMessage message, byte[] before) {
        return key.tag(
                MESSAGE,
                octets(thread.value()),
                octets(number),
                octets(message.id()),
                text(message.direction()),
                octets(message.acceptedAt()),
                message.digests().header(),
                message.digests().data(),
                before);
    }

    /**
     * The tag of a message that is in no thread: an enquiry, a note, or what a therapist's program stored. It stands alone, and
     * says nothing of when the message was accepted.
     */
    public byte[] alone(UUID message, String direction, RecordedMessage.Digests digests) {
        return key.tag(ALONE, octets(message), text(direction), digests.header(), digests.data());
    }

    /**
     * The tag of a tombstone.
     *
     * @param tag of the message that was erased
     */
    public byte[] tombstone(ThreadId thread, long number, byte[] tag, String erasure, Instant at) {
        return key.tag(TOMBSTONE, octets(thread.value()), octets(number), tag, text(erasure), octets(at));
    }

    /** Whether two tags are the same; takes the same time wherever they differ. */
    public static boolean same(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] octets(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static byte[] octets(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static byte[] octets(Instant at) {
        return octets(ChronoUnit.MICROS.between(Instant.EPOCH, at));
    }
}
