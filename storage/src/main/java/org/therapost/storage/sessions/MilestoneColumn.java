package org.therapost.storage.sessions;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.therapost.domain.sessions.model.Cycle;

/** The milestones of a cycle as one number, in the columns {@code cycle_told} and {@code cycle_next_told}. */
final class MilestoneColumn {

    private MilestoneColumn() {}

    static int of(Set<Cycle.Milestone> reached) {
        return reached.stream().mapToInt(MilestoneColumn::value).sum();
    }

    static Set<Cycle.Milestone> read(int column) {
        Set<Cycle.Milestone> reached = EnumSet.noneOf(Cycle.Milestone.class);
        Arrays.stream(Cycle.Milestone.values())
                .filter(milestone -> (column & value(milestone)) != 0)
                .forEach(reached::add);
        return reached;
    }

    /** What is stored does not change, whatever becomes of the names. */
    private static int value(Cycle.Milestone milestone) {
        return switch (milestone) {
            case RECEIPT -> 1;
            case DAY_BEFORE -> 2;
            case HOURS_BEFORE -> 4;
            case DELAYED -> 8;
            case MANY_WORDS -> 16;
            case LETTER -> 32;
        };
    }
}
