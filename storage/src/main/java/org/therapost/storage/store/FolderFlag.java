package org.therapost.storage.store;

import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** A system flag (RFC 9051 section 2.3.2), as the column {@code mailbox_message.flags} keeps it: one bit of a number. */
public enum FolderFlag {
    ANSWERED(1),
    DELETED(2),
    DRAFT(4),
    FLAGGED(8),
    RECENT(16),
    SEEN(32);

    private final short value;

    FolderFlag(int value) {
        this.value = (short) value;
    }

    /** The value of the column. */
    public static short column(Set<FolderFlag> flags) {
        return (short) flags.stream().mapToInt(flag -> flag.value).sum();
    }

    public static Set<FolderFlag> read(int column) {
        Set<FolderFlag> flags = EnumSet.noneOf(FolderFlag.class);
        Arrays.stream(values()).filter(flag -> (column & flag.value) != 0).forEach(flags::add);
        return flags;
    }

    // Written out, so that the partial indexes of the schema serve them.
    public Condition isSet() {
        return DSL.condition("{0} & {1} <> 0", MAILBOX_MESSAGE.FLAGS, DSL.inline(value));
    }

    public Condition isNotSet() {
        return DSL.condition("{0} & {1} = 0", MAILBOX_MESSAGE.FLAGS, DSL.inline(value));
    }
}
