package org.therapost.storage.sessions;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumn;

/** How values stand in columns: constants in lower case, people's own words sealed. */
final class ColumnValues {

    private final ServerKey serverKey;

    ColumnValues(ServerKey serverKey) {
        this.serverKey = serverKey;
    }

    static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E constant(Class<E> type, String text) {
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    }

    byte @Nullable [] seal(Optional<String> words, SealedColumn column, Object... row) {
        return words.map(text -> column.seal(serverKey, text, row)).orElse(null);
    }

    Optional<String> open(byte @Nullable [] sealed, SealedColumn column, Object... row) {
        return Optional.ofNullable(sealed).map(octets -> column.readText(serverKey, octets, row));
    }

    /** A count of words, or of anything else that says how much somebody wrote; none is the same as nothing there. */
    byte @Nullable [] sealCount(int count, SealedColumn column, Object... row) {
        return count == 0 ? null : column.seal(serverKey, String.format(Locale.ROOT, "%010d", count), row);
    }

    int openCount(byte @Nullable [] sealed, SealedColumn column, Object... row) {
        return open(sealed, column, row).map(Integer::parseInt).orElse(0);
    }

    byte[] mac(ThreadId thread, String uid) {
        return serverKey.pseudonym(thread.value() + "\0" + uid, SealingPurpose.SESSION_UID);
    }

    byte[] sealUid(SealedColumn column, ThreadId thread, String uid) {
        return column.seal(serverKey, uid, thread.value(), mac(thread, uid));
    }

    Uids uids() {
        return new Uids();
    }

    /** UIDs while a timetable is read: one that stands in many rows is opened once. */
    final class Uids {

        private final Map<ByteBuffer, String> known = new HashMap<>();

        private Uids() {}

        String open(SealedColumn column, UUID thread, byte[] mac, byte[] sealed) {
            return known.computeIfAbsent(ByteBuffer.wrap(mac), any -> column.readText(serverKey, sealed, thread, mac));
        }
    }
}
