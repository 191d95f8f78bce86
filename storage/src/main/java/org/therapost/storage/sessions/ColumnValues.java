package org.therapost.storage.sessions;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;

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

    byte @Nullable [] seal(Optional<String> words, SealingPurpose purpose) {
        return words.map(text -> serverKey.seal(text, purpose)).orElse(null);
    }

    Optional<String> open(byte @Nullable [] sealed, SealingPurpose purpose) {
        if (sealed == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(serverKey.openText(sealed, purpose));
        } catch (SealedException wrong) {
            throw new IllegalStateException(
                    "a column for " + purpose + " does not open: is this the server key of this database?", wrong);
        }
    }

    /** A count of words, or of anything else that says how much somebody wrote; none is the same as nothing there. */
    byte @Nullable [] sealCount(int count, SealingPurpose purpose) {
        return count == 0 ? null : serverKey.seal(String.format(Locale.ROOT, "%010d", count), purpose);
    }

    int openCount(byte @Nullable [] sealed, SealingPurpose purpose) {
        return open(sealed, purpose).map(Integer::parseInt).orElse(0);
    }

    byte[] mac(ThreadId thread, String uid) {
        return serverKey.pseudonym(thread.value() + "\0" + uid, SealingPurpose.SESSION_UID);
    }

    byte[] sealUid(String uid) {
        return serverKey.seal(uid, SealingPurpose.SESSION_UID);
    }

    Uids uids() {
        return new Uids();
    }

    /** UIDs while a timetable is read: one that stands in many rows is opened once. */
    final class Uids {

        private final Map<ByteBuffer, String> known = new HashMap<>();

        private Uids() {}

        String open(byte[] mac, byte[] sealed) {
            return known.computeIfAbsent(ByteBuffer.wrap(mac), any -> ColumnValues.this
                    .open(sealed, SealingPurpose.SESSION_UID)
                    .orElseThrow());
        }
    }
}
