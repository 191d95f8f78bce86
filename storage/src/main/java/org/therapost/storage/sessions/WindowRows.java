package org.therapost.storage.sessions;

import static org.therapost.storage.generated.Tables.SESSION_WINDOW;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowId;
import org.therapost.domain.sessions.model.WindowKind;
import org.therapost.domain.sessions.model.WindowResult;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.generated.tables.records.SessionWindowRecord;

/** Rows of windows. Those that ended and matter no more stay, archived. */
final class WindowRows {

    private final ColumnValues columnValues;

    WindowRows(ColumnValues columnValues) {
        this.columnValues = columnValues;
    }

    List<Window> read(DSLContext on, ThreadId thread, ColumnValues.Uids uids) {
        return on.selectFrom(SESSION_WINDOW)
                .where(SESSION_WINDOW.THREAD_ID.eq(thread.value()), SESSION_WINDOW.ARCHIVED.isFalse())
                .orderBy(SESSION_WINDOW.OPENS_AT, SESSION_WINDOW.ID)
                .fetch(row -> window(row, uids));
    }

    private Window window(SessionWindowRecord row, ColumnValues.Uids uids) {
        return new Window(
                new Window.Plan(
                        new WindowId(row.getId()),
                        new WindowKey(
                                uids.open(
                                        SealedColumns.WINDOW_UID,
                                        row.getThreadId(),
                                        row.getUidMac(),
                                        row.getUidSealed()),
                                Optional.ofNullable(row.getRecurrenceId())),
                        ColumnValues.constant(WindowKind.class, row.getKind()),
                        new Revision(row.getSequence(), row.getStamp()),
                        new TimeSpan(row.getOpensAt(), row.getClosesAt())),
                ColumnValues.constant(WindowState.class, row.getState()),
                Optional.ofNullable(row.getOpenedAt()),
                marks(row),
                new Window.Turns(
                        row.getByClient(),
                        row.getByTherapist(),
                        columnValues.openCount(row.getWordsSealed(), SealedColumns.WINDOW_WORDS, row.getId())),
                Optional.ofNullable(row.getResult()).map(text -> ColumnValues.constant(WindowResult.class, text)));
    }

    private static Set<Window.Mark> marks(SessionWindowRecord row) {
        Set<Window.Mark> marks = EnumSet.noneOf(Window.Mark.class);
        if (row.getConfirmed()) {
            marks.add(Window.Mark.CONFIRMED);
        }
        if (row.getLate()) {
            marks.add(Window.Mark.LATE);
        }
        if (row.getTroubled()) {
            marks.add(Window.Mark.TROUBLED);
        }
        if (row.getTold()) {
            marks.add(Window.Mark.TOLD);
        }
        return marks;
    }

    // In this order an instance is never planned twice in between.
    void write(DSLContext tx, ThreadId thread, List<Window> before, List<Window> next) {
        Map<UUID, Window> old =
                before.stream().collect(Collectors.toMap(window -> window.id().value(), Function.identity()));
        Map<UUID, Window> kept =
                next.stream().collect(Collectors.toMap(window -> window.id().value(), Function.identity()));
        archive(
                tx,
                before.stream()
                        .filter(window -> !kept.containsKey(window.id().value()))
                        .toList());
        next.stream()
                .filter(window -> old.containsKey(window.id().value())
                        && !window.equals(old.get(window.id().value())))
                .sorted((one, other) ->
                        Boolean.compare(other.state().ended(), one.state().ended()))
                .forEach(window -> tx.update(SESSION_WINDOW)
                        .set(row(thread, window))
                        .where(SESSION_WINDOW.ID.eq(window.id().value()))
                        .execute());
        tx.batchInsert(next.stream()
                        .filter(window -> !old.containsKey(window.id().value()))
                        .map(window -> row(thread, window))
                        .toList())
                .execute();
    }

    private static void archive(DSLContext tx, List<Window> gone) {
        if (gone.isEmpty()) {
            return;
        }
        List<UUID> ended = gone.stream()
                .filter(window -> window.state().ended())
                .map(window -> window.id().value())
                .toList();
        List<UUID> unplanned = gone.stream()
                .filter(window -> !window.state().ended())
                .map(window -> window.id().value())
                .toList();
        tx.update(SESSION_WINDOW)
                .set(SESSION_WINDOW.ARCHIVED, true)
                .where(SESSION_WINDOW.ID.in(ended))
                .execute();
        tx.deleteFrom(SESSION_WINDOW).where(SESSION_WINDOW.ID.in(unplanned)).execute();
    }

    private SessionWindowRecord row(ThreadId thread, Window window) {
        SessionWindowRecord row = new SessionWindowRecord();
        row.setId(window.id().value());
        row.setThreadId(thread.value());
        row.setUidMac(columnValues.mac(thread, window.key().uid()));
        row.setUidSealed(columnValues.sealUid(
                SealedColumns.WINDOW_UID, thread, window.key().uid()));
        row.setRecurrenceId(window.key().recurrenceId().orElse(null));
        row.setKind(ColumnValues.text(window.kind()));
        row.setSequence(window.revision().sequence());
        row.setStamp(window.revision().stamp());
        row.setOpensAt(window.opensAt());
        row.setClosesAt(window.closesAt());
        row.setOpenedAt(window.openedAt().orElse(null));
        row.setState(ColumnValues.text(window.state()));
        row.setConfirmed(window.is(Window.Mark.CONFIRMED));
        row.setLate(window.is(Window.Mark.LATE));
        row.setTroubled(window.is(Window.Mark.TROUBLED));
        row.setByClient(window.turns().byClient());
        row.setByTherapist(window.turns().byTherapist());
        row.setWordsSealed(columnValues.sealCount(
                window.turns().words(), SealedColumns.WINDOW_WORDS, window.id().value()));
        row.setTold(window.is(Window.Mark.TOLD));
        row.setResult(window.result().map(ColumnValues::text).orElse(null));
        return row;
    }
}
