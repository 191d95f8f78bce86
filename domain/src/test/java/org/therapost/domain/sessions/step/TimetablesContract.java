package org.therapost.domain.sessions.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.DeliveryMark;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.domain.sessions.model.Cycle;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.model.HeldMail.Fate;
import org.therapost.domain.sessions.model.HoursSummary;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.ThreadMode;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowId;
import org.therapost.domain.sessions.model.WindowKind;
import org.therapost.domain.sessions.model.WindowResult;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.Timetables.Change;
import org.therapost.domain.sessions.step.Timetables.Work;

/** What every form of {@link Timetables} keeps to. */
public abstract class TimetablesContract {

    private static final Instant MONDAY = Instant.parse("2026-03-23T18:00:00Z");
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    /** The timetables under test, empty at first. */
    protected abstract Timetables timetables();

    /** Alice's thread with Dr Bloom. */
    protected abstract ClientThread alices();

    /** Bruno's thread with Dr Bloom. */
    protected abstract ClientThread brunos();

    /** Messages that the therapist sees in INBOX, in order. */
    protected abstract List<MessageId> visible() throws Exception;

    /** When a thread is woken next. */
    protected abstract Optional<Instant> waking(ClientThread thread) throws Exception;

    @Test
    protected void a_thread_for_which_nothing_was_agreed_has_no_timetable() throws Exception {
        assertThat(timetables().find(alices().id())).isEmpty();
    }

    @Test
    protected void everything_in_a_timetable_is_kept() throws Exception {
        Timetable full = full(alices());

        change(alices(), timetable -> step(full));

        assertThat(timetables().find(alices().id()).map(TimetablesContract::own))
                .contains(full);
    }

    @Test
    protected void a_changed_timetable_takes_the_place_of_the_one_before() throws Exception {
        change(alices(), timetable -> step(full(alices())));
        Timetable less = Timetable.initial(alices().id(), terms(OutsideMailPolicy.RETURN), client());

        change(alices(), timetable -> step(less));

        assertThat(timetables().find(alices().id()).map(TimetablesContract::own))
                .contains(less);
    }

    @Test
    protected void a_step_that_changes_nothing_leaves_a_thread_without_timetable() throws Exception {
        Filing filing = filing(alices());

        timetables().change(initial(alices()), (timetable, now) -> visible(alices(), step(timetable), filing));

        assertThat(visible()).containsExactly(filing.id());
        assertThat(timetables().find(alices().id())).isEmpty();
    }

    @Test
    protected void what_is_filed_is_accepted_at_the_instant_that_was_decided_on() throws Exception {
        List<Instant> decided = new ArrayList<>();

        List<FiledMessage> filed = timetables().change(initial(alices()), (timetable, now) -> {
            decided.add(now);
            return visible(alices(), step(timetable), filing(alices()));
        });

        assertThat(filed).singleElement().satisfies(one -> assertThat(one.acceptedAt())
                .isEqualTo(decided.get(0)));
    }

    @Test
    protected void a_held_message_is_invisible_until_it_is_released_and_then_appears_once() throws Exception {
        Filing first = filing(alices());
        Filing second = filing(alices());
        hold(first);
        hold(second);
        assertThat(visible()).isEmpty();

        change(
                alices(),
                timetable -> new Step(
                        withHeld(timetable, List.of()),
                        List.of(
                                new Effect.Release(first.id(), DeliveryMark.NONE),
                                new Effect.Release(second.id(), DeliveryMark.OUT_OF_TURN)),
                        Optional.empty()));

        assertThat(visible()).containsExactly(first.id(), second.id());
        assertThat(timetables().find(alices().id()).orElseThrow().held()).isEmpty();
    }

    @Test
    protected void a_mail_that_is_handed_over_again_makes_no_step_and_is_answered_as_the_first_time() throws Exception {
        Filing filing = filing(alices());
        List<FiledMessage> held = hold(filing);
        Timetable before = timetables().find(alices().id()).orElseThrow();
        FiledMessage first = held.get(0);

        assertThat(timetables()
                        .change(
                                initial(alices()),
                                List.of(filing.id(), new MessageId(UUID.randomUUID())),
                                (timetable, now) -> visible(alices(), step(full(alices())), filing)))
                .as("what was filed when it came first")
                .containsExactly(first);

        assertThat(visible()).isEmpty();
        assertThat(timetables().find(alices().id())).contains(before);
    }

    @Test
    protected void an_erased_message_never_appears() throws Exception {
        Filing filing = filing(alices());
        hold(filing, Fate.ERASE);

        change(
                alices(),
                timetable -> new Step(
                        withHeld(timetable, List.of()), List.of(new Effect.Erase(filing.id())), Optional.empty()));

        assertThat(visible()).isEmpty();
        assertThat(timetables().find(alices().id()).orElseThrow().held()).isEmpty();
    }

    @Test
    protected void the_note_that_says_how_much_is_held_takes_the_place_of_the_one_before_and_goes_with_what_was_held()
            throws Exception {
        Filing mail = filing(alices());
        Filing note = note();
        Filing newer = note();
        hold(mail);
        timetables().change(initial(alices()), (timetable, now) -> holding(timetable, note));
        timetables().change(initial(alices()), (timetable, now) -> holding(timetable, newer));
        assertThat(visible()).containsExactly(newer.id());

        change(
                alices(),
                timetable -> new Step(
                        withHeld(timetable, List.of()),
                        List.of(new Effect.Release(mail.id(), DeliveryMark.NONE)),
                        Optional.empty()));

        assertThat(visible()).containsExactly(mail.id());
    }

    @Test
    protected void a_decision_that_cannot_be_made_leaves_everything_as_it_was() throws Exception {
        assertThatThrownBy(() -> timetables()
                        .change(List.of(
                                new Change(
                                        initial(alices()),
                                        List.of(),
                                        (timetable, now) -> visible(alices(), step(full(alices())), filing(alices()))),
                                new Change(initial(brunos()), List.of(), (timetable, now) -> {
                                    throw new CannotTellException("no answer");
                                }))))
                .isInstanceOf(CannotTellException.class);

        assertThat(visible()).isEmpty();
        assertThat(timetables().find(alices().id())).isEmpty();
    }

    @Test
    protected void steps_in_several_threads_are_made_together() throws Exception {
        List<FiledMessage> filed = timetables()
                .change(List.of(
                        new Change(
                                initial(alices()),
                                List.of(),
                                (timetable, now) -> visible(alices(), step(full(alices())), filing(alices()))),
                        new Change(
                                initial(brunos()),
                                List.of(),
                                (timetable, now) -> visible(brunos(), step(full(brunos())), filing(brunos())))));

        assertThat(filed).hasSize(2);
        assertThat(visible()).hasSize(2);
        assertThat(timetables().find(brunos().id())).isPresent();
    }

    @Test
    protected void steps_of_one_thread_come_one_after_the_other() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(executor.submit(() -> {
                    hold(filing(alices()));
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(timetables().find(alices().id()).orElseThrow().held()).hasSize(20);
    }

    @Test
    protected void a_thread_is_woken_when_its_last_step_says_so() throws Exception {
        Instant later = MONDAY.plus(Duration.ofDays(1));
        change(alices(), timetable -> new Step(full(alices()), List.of(), Optional.of(MONDAY)));
        change(alices(), timetable -> new Step(timetable, List.of(), Optional.of(later)));
        assertThat(waking(alices())).contains(later);

        change(alices(), timetable -> step(timetable));

        assertThat(waking(alices())).isEmpty();
    }

    private interface Make {
        Step step(Timetable timetable);
    }

    private void change(ClientThread thread, Make make) throws Exception {
        timetables()
                .change(
                        initial(thread),
                        (timetable, now) ->
                                new Work(thread, make.step(timetable), Timetables.Filings.NONE, Timetables.Posts.NONE));
    }

    protected List<FiledMessage> hold(Filing filing) throws Exception {
        return hold(filing, Fate.RELEASE);
    }

    private List<FiledMessage> hold(Filing filing, Fate fate) throws Exception {
        return timetables().change(initial(alices()), (timetable, now) -> {
            List<HeldMail> held = new ArrayList<>(timetable.held());
            held.add(new HeldMail(filing.id(), now, fate, now.plus(Duration.ofDays(7))));
            return new Work(
                    alices(),
                    step(withHeld(timetable, held)),
                    new Timetables.Filings(List.of(), List.of(filing), Optional.empty()),
                    Timetables.Posts.NONE);
        });
    }

    /** A step with a note of how much is held, which replaces the one before. */
    protected MessageId noteOfHeld() throws Exception {
        Filing note = note();
        timetables().change(initial(alices()), (timetable, now) -> holding(timetable, note));
        return note.id();
    }

    private Work holding(Timetable timetable, Filing note) {
        return new Work(
                alices(),
                step(timetable),
                new Timetables.Filings(List.of(), List.of(), Optional.of(note)),
                Timetables.Posts.NONE);
    }

    private static Work visible(ClientThread thread, Step step, Filing filing) {
        return new Work(thread, step, Timetables.Filings.visible(filing), Timetables.Posts.NONE);
    }

    private static Step step(Timetable next) {
        return new Step(next, List.of(), Optional.empty());
    }

    private static Timetable initial(ClientThread thread) {
        return Timetable.initial(thread.id(), terms(OutsideMailPolicy.DELIVER), client());
    }

    private static Timetable withHeld(Timetable timetable, List<HeldMail> held) {
        return new Timetable(
                timetable.thread(),
                new Timetable.Agreement(timetable.terms(), timetable.client()),
                new Timetable.Calendar(
                        timetable.series(), timetable.windows(), timetable.answers(), timetable.plannedTo()),
                new Timetable.Told(held, timetable.notices()),
                timetable.cycle(),
                timetable.surroundings());
    }

    /** Without what is around the thread. */
    private static Timetable own(Timetable timetable) {
        return new Timetable(
                timetable.thread(),
                new Timetable.Agreement(timetable.terms(), timetable.client()),
                new Timetable.Calendar(
                        timetable.series(), timetable.windows(), timetable.answers(), timetable.plannedTo()),
                new Timetable.Told(timetable.held(), timetable.notices()),
                timetable.cycle(),
                Timetable.Surroundings.NONE);
    }

    private static Filing filing(ClientThread thread) {
        byte[] octets = {1};
        return new Filing(
                new MessageId(UUID.randomUUID()),
                new FilingPlace.FromClient(thread),
                new SealedMessage(octets, octets, octets, new byte[0], 1, 1));
    }

    private Filing note() {
        Filing mail = filing(alices());
        return new Filing(mail.id(), new FilingPlace.Notice(alices().therapist()), mail.message());
    }

    private static ClientSettings client() {
        return new ClientSettings(
                ZoneId.of("Europe/Berlin"), Locale.GERMAN, ClientSettings.Crisis.OPEN, Optional.of("call 112"));
    }

    private static Terms terms(OutsideMailPolicy outsideMailPolicy) {
        return new Terms(
                MONDAY.minus(Duration.ofDays(70)),
                ThreadMode.LIVE,
                LONDON,
                new Terms.OutsideMail(outsideMailPolicy, Duration.ofDays(3), Optional.of("urgent")),
                new Terms.WindowRules(
                        Duration.ofMinutes(50),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(5),
                        Optional.of("ring me"),
                        HoursSummary.WEEKLY),
                Optional.of(new Terms.CycleTerms(
                        new Terms.CutOff(DayOfWeek.SUNDAY, LocalTime.of(18, 30)),
                        3,
                        LocalTime.of(17, 15),
                        Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                        Set.of(LocalDate.of(2026, 12, 25)),
                        OptionalInt.of(800))));
    }

    private static Timetable full(ClientThread thread) {
        Instant instant = MONDAY;
        LocalDateTime start = LocalDateTime.of(2026, 3, 23, 18, 0);
        Series series = new Series(
                "event@calendar.example",
                new Revision(2, instant),
                new Series.Pattern(
                        start,
                        WallClock.of(LONDON),
                        Duration.ofMinutes(50),
                        Optional.of("FREQ=WEEKLY"),
                        Set.of(start.plusDays(1)),
                        Series.ZoneFrom.CALENDAR),
                Set.of(start.plusWeeks(3), start.plusWeeks(4)),
                Map.of(
                        start.plusWeeks(1),
                        new Series.Instance(
                                start.plusWeeks(1).plusHours(1),
                                WallClock.of(LONDON),
                                Duration.ofMinutes(30),
                                new Revision(3, instant))),
                new Series.Told(Optional.of(instant.minusSeconds(7)), 2, true));
        WindowKey key = new WindowKey(series.uid(), Optional.of(start));
        return new Timetable(
                thread.id(),
                new Timetable.Agreement(
                        List.of(terms(OutsideMailPolicy.HOLD), Terms.initial(instant, LONDON)), client()),
                new Timetable.Calendar(
                        List.of(series),
                        List.of(
                                window(thread, key, instant, WindowState.CLOSED, Optional.of(WindowResult.HELD_OK)),
                                window(
                                        thread,
                                        new WindowKey("ad-hoc", Optional.empty()),
                                        instant.plus(Duration.ofHours(2)),
                                        WindowState.OPEN,
                                        Optional.empty())),
                        List.of(new Timetable.Answer(key, new Revision(2, instant), Participation.ACCEPTED)),
                        Optional.of(instant.plus(Duration.ofDays(30)))),
                new Timetable.Told(
                        List.of(),
                        new Timetable.NoticeLog(
                                new Timetable.ClosedPeriod(
                                        Optional.of(instant.plusSeconds(2)),
                                        Optional.of(instant),
                                        Optional.of(instant.plusSeconds(1)),
                                        Optional.of(instant.plusSeconds(6)),
                                        2),
                                Optional.of(instant.plusSeconds(3)),
                                Optional.of(instant.plusSeconds(4)),
                                Optional.of(instant.plusSeconds(5)),
                                Optional.of(instant.plusSeconds(7)))),
                Optional.of(new Cycle(
                        Cycle.State.OVERDUE,
                        Optional.of(instant),
                        new Cycle.Dates(Optional.of(instant), Optional.of(instant), Optional.of(instant)),
                        new Cycle.Progress(Set.of(Cycle.Milestone.RECEIPT, Cycle.Milestone.HOURS_BEFORE), 400),
                        Optional.of(new Cycle.Next(
                                instant, instant, new Cycle.Progress(EnumSet.allOf(Cycle.Milestone.class), 20))))),
                Timetable.Surroundings.NONE);
    }

    private static Window window(
            ClientThread thread, WindowKey key, Instant opens, WindowState state, Optional<WindowResult> result) {
        return new Window(
                new Window.Plan(
                        WindowId.of(thread.id(), key, opens, opens),
                        key,
                        WindowKind.LIVE,
                        new Revision(2, opens),
                        new TimeSpan(opens, opens.plus(Duration.ofMinutes(50)))),
                state,
                Optional.of(opens),
                EnumSet.allOf(Window.Mark.class),
                new Window.Turns(3, 4, 500),
                result);
    }
}
