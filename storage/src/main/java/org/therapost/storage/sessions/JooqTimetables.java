package org.therapost.storage.sessions;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sessions.calendar.WallClocks;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.domain.sessions.step.Timetables;
import org.therapost.domain.sessions.step.Timetables.Letter;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.FolderArrivalListener;
import org.therapost.storage.store.MessageRows;
import org.therapost.storage.store.NotFiledException;
import org.therapost.storage.store.RecordChain;

/** The timetables of all threads in PostgreSQL. */
public final class JooqTimetables implements Timetables {

    private static final Logger AUDIT = LoggerFactory.getLogger("audit");

    private final Database database;
    private final TimetableRows rows;
    private final StepExecution stepExecution;
    private final FolderArrivalListener listener;

    public JooqTimetables(Database database, ServerKey serverKey, WallClocks clocks, FolderArrivalListener listener) {
        this.database = database;
        this.rows = new TimetableRows(serverKey, clocks);
        this.stepExecution = new StepExecution(serverKey);
        this.listener = listener;
    }

    /** A decision said no, or what it files is in the record: the transaction is undone. */
    private static final class UndoneException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient @Nullable RefusedException refused;

        UndoneException(NotFiledException again) {
            super("filed before", again, false, false);
            this.refused = null;
        }

        UndoneException(RefusedException refused) {
            super("refused", refused, false, false);
            this.refused = refused;
        }
    }

    @Override
    public Optional<Timetable> find(ThreadId thread) throws CannotTellException {
        return database.transact(on -> rows.find(on, thread).map(TimetableRows.Stored::timetable));
    }

    @Override
    public List<FiledMessage> change(List<Change> changes) throws RefusedException, CannotTellException {
        // Two transactions that lock in the same order never wait for each other in a ring.
        List<Integer> order = IntStream.range(0, changes.size())
                .boxed()
                .sorted(Comparator.comparing(
                        index -> changes.get(index).initial().thread().value()))
                .toList();
        StepOutcome[] done = new StepOutcome[changes.size()];
        try {
            database.transact(UndoneException.class, tx -> {
                for (int index : order) {
                    done[index] = step(tx, changes.get(index));
                }
                return done;
            });
        } catch (UndoneException undone) {
            if (undone.refused != null) {
                throw undone.refused;
            }
            return handedOverAgain(changes);
        }
        Arrays.stream(done).forEach(this::announce);
        return Arrays.stream(done).flatMap(one -> one.filed.stream()).toList();
    }

    private List<FiledMessage> handedOverAgain(List<Change> changes) throws CannotTellException {
        List<MessageId> mail =
                changes.stream().flatMap(change -> change.mail().stream()).toList();
        return database.ask(on -> MessageRows.filed(on, mail));
    }

    private StepOutcome step(DSLContext tx, Change change) throws UndoneException, CannotTellException {
        try {
            return decidedStep(tx, change);
        } catch (RefusedException refused) {
            throw new UndoneException(refused);
        } catch (NotFiledException again) {
            throw new UndoneException(again);
        }
    }

    private StepOutcome decidedStep(DSLContext tx, Change change)
            throws RefusedException, NotFiledException, CannotTellException {
        ThreadId thread = change.initial().thread();
        Optional<TimetableRows.Stored> found = rows.lock(tx, thread);
        boolean made = found.isEmpty() && rows.make(tx, change.initial());
        TimetableRows.Stored stored = found.or(() -> rows.lock(tx, thread))
                .orElseThrow(() -> new CannotTellException("the timetable was made by another transaction just now"));
        RecordChain.Head head = stepExecution.lock(tx, thread);
        Instant now = head.lockedAt();
        Work work = change.decision().decide(stored.timetable(), now);
        StepOutcome done = new StepOutcome(work.step().effects());
        for (Filing visible : work.filings().visible()) {
            done.file(stepExecution.file(tx, visible, head), visible, now);
        }
        for (Filing held : work.filings().held()) {
            stepExecution.keep(tx, held, head);
            done.filed.add(new FiledMessage(held.id(), now));
        }
        withdraw(tx, thread, work);
        work.posts()
                .parcels()
                .forEach(parcel -> stepExecution.post(tx, parcel, work.step().next()));
        for (Letter letter : work.posts().letters()) {
            stepExecution.post(tx, letter.parcel(), work.step().next());
            rows.letters().mark(tx, thread, letter);
        }
        work.posts().atOpen().forEach(parcel -> stepExecution.keepForOpen(tx, parcel));
        Timetable next = work.step().next();
        if (made && next.around(stored.timetable().surroundings()).equals(stored.timetable())) {
            rows.forget(tx, thread);
            return done;
        }
        store(tx, stored, work, done, head);
        return done;
    }

    private void withdraw(DSLContext tx, ThreadId thread, Work work) {
        for (Effect effect : work.step().effects()) {
            if (effect instanceof Effect.WithdrawLetters letters) {
                rows.letters().withdraw(tx, thread, letters.uid());
            } else if (effect instanceof Effect.WithdrawNotice notice) {
                rows.letters().withdraw(tx, thread, notice.notice());
            }
        }
    }

    private void store(DSLContext tx, TimetableRows.Stored stored, Work work, StepOutcome done, RecordChain.Head head)
            throws NotFiledException {
        Timetable next = work.step().next();
        if (work.filings().holding().isPresent()) {
            done.arrivals.addAll(stepExecution.file(tx, work.filings().holding().get(), head));
        }
        boolean holding = !next.held().isEmpty();
        Optional<MessageId> note =
                holding ? work.filings().holding().map(Filing::id).or(stored::holdingNote) : Optional.empty();
        // First, while the row that allows it is there (migration V6).
        for (Effect effect : work.step().effects()) {
            if (effect instanceof Effect.Erase erase) {
                stepExecution.erase(tx, erase.message(), head.lockedAt());
            }
        }
        rows.write(tx, stored.timetable(), next, note, work.step().wake());
        LetterRows.seen(tx, stored.timetable().surroundings().arrived());
        if (!note.equals(stored.holdingNote())) {
            stored.holdingNote().ifPresent(old -> done.gone.addAll(stepExecution.takeBack(tx, old, head.lockedAt())));
        }
        for (Effect effect : work.step().effects()) {
            if (effect instanceof Effect.Release release) {
                done.arrivals.addAll(stepExecution.release(tx, work.thread(), release));
            } else if (effect instanceof Effect.PostWaitingForOpen) {
                stepExecution.postWaitingForOpen(tx, next);
            }
        }
        WakeUpRows.takeBack(tx, next.thread());
        work.step().wake().ifPresent(at -> WakeUpRows.set(tx, next.thread(), stored.wakes() + 1, at));
    }

    private void announce(StepOutcome done) {
        if (!done.arrivals.isEmpty()) {
            listener.arrived(List.copyOf(done.arrivals));
        }
        if (!done.gone.isEmpty()) {
            listener.vanished(List.copyOf(done.gone));
        }
        done.effects.forEach(effect -> {
            if (effect instanceof Effect.Log log) {
                AUDIT.info(
                        "session event={} window={} at={}",
                        log.event(),
                        log.window().map(window -> window.value().toString()).orElse("-"),
                        log.at());
            }
        });
    }
}
