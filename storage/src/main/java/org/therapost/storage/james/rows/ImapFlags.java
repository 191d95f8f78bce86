package org.therapost.storage.james.rows;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.therapost.storage.store.FolderFlag;

/** Flags as James has them, and as the store has them: system flags in one column, keywords in another. */
public final class ImapFlags {

    private static final Map<FolderFlag, Flag> SYSTEM = Map.of(
            FolderFlag.ANSWERED, Flag.ANSWERED,
            FolderFlag.DELETED, Flag.DELETED,
            FolderFlag.DRAFT, Flag.DRAFT,
            FolderFlag.FLAGGED, Flag.FLAGGED,
            FolderFlag.RECENT, Flag.RECENT,
            FolderFlag.SEEN, Flag.SEEN);

    private ImapFlags() {}

    /** The system flags among them. */
    public static Set<FolderFlag> system(Flags flags) {
        Set<FolderFlag> system = EnumSet.noneOf(FolderFlag.class);
        SYSTEM.forEach((flag, jamess) -> {
            if (flags.contains(jamess)) {
                system.add(flag);
            }
        });
        return system;
    }

    /** The column of the system flags among them. */
    public static short column(Flags flags) {
        return FolderFlag.column(system(flags));
    }

    public static Flags flags(Set<FolderFlag> system) {
        return flags(system, List.of());
    }

    public static Flags flags(int column, List<String> keywords) {
        return flags(FolderFlag.read(column), keywords);
    }

    private static Flags flags(Set<FolderFlag> system, List<String> keywords) {
        Flags flags = new Flags();
        SYSTEM.forEach((flag, jamess) -> {
            if (system.contains(flag)) {
                flags.add(jamess);
            }
        });
        keywords.forEach(flags::add);
        return flags;
    }
}
