package org.therapost.domain.sessions;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.domain.sessions.step.Timetables;

/** Timetables in memory, with what their steps did. */
public final class InMemoryTimetables implements Timetables {

    private final Clock clock;
    private final Map<ThreadId, Timetable> timetables = new HashMap<>();
    private final Map<ThreadId, MessageId> notes = new HashMap<>();
    private final Map<MessageId, FiledMessage> record = new HashMap<>();
    public final List<MessageId> visible = new ArrayList<>();
    public final Set<MessageId> hidden = new HashSet<>();
    public final List<Parcel> posted = new ArrayList<>();
    public final List<Parcel> waitingForOpen = new ArrayList<>();
    public final Map<ThreadId, Instant> wakings = new HashMap<>();

    public InMemoryTimetables(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Timetable> find(ThreadId thread) {
        return Optional.ofNullable(timetables.get(thread));
    }

    @Override
    public synchronized List<FiledMessage> change(List<Change> changes) throws RefusedException, CannotTellException {
        Instant now = clock.instant();
        List<Work> works = new ArrayList<>();
        for (Change change : changes) {
            ThreadId thread = change.initial().thread();
            works.add(change.decision().decide(timetables.getOrDefault(thread, change.initial()), now));
        }
        if (works.stream()
                .flatMap(work -> Stream.concat(work.filings().visible().stream(), work.filings().held().stream()))
                .anyMatch(filing -> visible.contains(filing.id()) || hidden.contains(filing.id()))) {
            return changes.stream()
                    .flatMap(change -> change.mail().stream())
                    .flatMap(id -> Optional.ofNullable(record.get(id)).stream())
                    .toList();
        }
        List<FiledMessage> filed = new ArrayList<>();
        for (int i = 0; i < works.size(); i++) {
            carryOut(changes.get(i), works.get(i), now, filed);
        }
        return filed;
    }

    private void carryOut(Change change, Work work, Instant now, List<FiledMessage> filed) {
        for (Filing filing : work.filings().visible()) {
            visible.add(filing.id());
            filed.add(recorded(filing, now));
        }
        for (Filing filing : work.filings().held()) {
            hidden.add(filing.id());
            filed.add(recorded(filing, now));
        }
        posted.addAll(work.posts().parcels());
        waitingForOpen.addAll(work.posts().atOpen());
        work.step().effects().forEach(this::carryOut);
        work.posts().letters().forEach(letter -> posted.add(letter.parcel()));
        Timetable next = work.step().next();
        if (timetables.containsKey(next.thread())
                || !next.around(change.initial().surroundings()).equals(change.initial())) {
            timetables.put(next.thread(), next);
            replaceNote(next, work.filings().holding());
            work.step()
                    .wake()
                    .ifPresentOrElse(at -> wakings.put(next.thread(), at), () -> wakings.remove(next.thread()));
        }
    }

    private FiledMessage recorded(Filing filing, Instant now) {
        FiledMessage message = new FiledMessage(filing.id(), now);
        record.put(filing.id(), message);
        return message;
    }

    private void replaceNote(Timetable next, Optional<Filing> note) {
        boolean holding = !next.held().isEmpty();
        MessageId old = notes.get(next.thread());
        if (old != null && (note.isPresent() || !holding)) {
            visible.remove(old);
            notes.remove(next.thread());
        }
        if (note.isPresent() && holding) {
            visible.add(note.get().id());
            notes.put(next.thread(), note.get().id());
        }
    }

    private void carryOut(Effect effect) {
        if (effect instanceof Effect.Release release) {
            hidden.remove(release.message());
            visible.add(release.message());
        } else if (effect instanceof Effect.Erase erase) {
            hidden.remove(erase.message());
        } else if (effect instanceof Effect.PostWaitingForOpen) {
            posted.addAll(waitingForOpen);
            waitingForOpen.clear();
        }
    }
}
