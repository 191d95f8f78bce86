package org.therapost.storage.james.rows;

import java.util.List;
import java.util.Map;
import javax.mail.Flags;
import javax.mail.Flags.Flag;

/** IMAP flags as the schema keeps them: system flags in a bit mask, keywords in an array. */
public final class FlagBits {

    static final short DELETED = 1 << 1;
    static final short RECENT = 1 << 4;
    static final short SEEN = 1 << 5;

    private static final Map<Short, Flag> SYSTEM = Map.of(
            (short) 1,
            Flag.ANSWERED,
            DELETED,
            Flag.DELETED,
            (short) (1 << 2),
            Flag.DRAFT,
            (short) (1 << 3),
            Flag.FLAGGED,
            RECENT,
            Flag.RECENT,
            SEEN,
            Flag.SEEN);

    private FlagBits() {}

    public static short bits(Flags flags) {
        short bits = 0;
        for (Map.Entry<Short, Flag> entry : SYSTEM.entrySet()) {
            if (flags.contains(entry.getValue())) {
                bits |= entry.getKey();
            }
        }
        return bits;
    }

    public static Flags flags(int bits) {
        return flags(bits, List.of());
    }

    public static Flags flags(int bits, List<String> keywords) {
        Flags flags = new Flags();
        SYSTEM.forEach((bit, flag) -> {
            if ((bits & bit) != 0) {
                flags.add(flag);
            }
        });
        keywords.forEach(flags::add);
        return flags;
    }
}
