package org.therapost.domain.sessions.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.therapost.domain.conversation.DeliveryMark;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.sessions.Couch;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.model.NoticeId;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.step.Effect;

/** docs/sessions.md section 3, RETURN: nothing is erased of which the client was not told. */
class ReturnedMailTest {

    private static final Instant OPENS = Instant.parse("2026-11-04T18:00:00Z");

    private static Couch couch() {
        return Couch.with(OutsideMailPolicy.RETURN).invitesWeekly();
    }

    private static NoticeId name(Couch couch) {
        return couch.last.stream()
                .filter(effect ->
                        effect instanceof Effect.TellClient tell && tell.notice() instanceof ClientLetter.Returned)
                .map(effect -> ((Effect.TellClient) effect).name().orElseThrow())
                .findFirst()
                .orElseThrow();
    }

    private static Couch taken(Couch couch, NoticeId notice, String at) {
        couch.now = Instant.parse(at);
        return couch.take(couch.sessions.delivered(couch.timetable, new ParcelId(notice.value()), couch.now));
    }

    @Test
    void mail_is_erased_a_day_after_the_client_server_took_the_notice() {
        Couch couch = couch().at("2026-11-02T10:00:00Z");
        assertThat(couch.writes())
                .isEqualTo(new AdmissionResult.Visibility.Held(
                        HeldMail.Fate.RETURN, Instant.parse("2026-11-05T10:00:00Z")));
        assertThat(couch.told()).containsExactly(new ClientLetter.Returned(List.of(couch.now), Optional.of(OPENS)));
        assertThat(couch.notes())
                .containsExactly(new TherapistNote.Holding(0, Optional.empty(), Optional.empty(), false, 1));
        MessageId mail = couch.timetable.held().get(0).message();
        NoticeId notice = name(couch);

        couch.at("2026-11-03T10:00:00Z");
        assertThat(couch.last).isEmpty();
        taken(couch, notice, "2026-11-03T12:00:00Z");
        couch.at("2026-11-04T11:59:59Z");
        assertThat(couch.last).isEmpty();
        couch.at("2026-11-04T12:00:00Z");
        assertThat(couch.last).containsExactly(new Effect.Erase(mail));
    }

    @Test
    void a_notice_that_was_taken_counts_from_then_though_the_step_that_was_to_hear_of_it_failed() {
        Couch couch = couch().at("2026-11-02T10:00:00Z");
        couch.writes();
        MessageId mail = couch.timetable.held().get(0).message();
        NoticeId notice = name(couch);

        couch.arrivedUnheard(notice, "2026-11-02T10:01:00Z").at("2026-11-02T15:00:00Z");
        assertThat(couch.last).isEmpty();
        assertThat(couch.wake).contains(Instant.parse("2026-11-03T10:01:00Z"));
        couch.at("2026-11-03T10:01:00Z");
        assertThat(couch.last).containsExactly(new Effect.Erase(mail));
    }

    @Test
    void a_notice_that_was_taken_is_not_denied_though_nobody_heard_of_it_for_three_days() {
        Couch couch = couch().at("2026-11-02T10:00:00Z");
        couch.writes();
        MessageId mail = couch.timetable.held().get(0).message();
        NoticeId notice = name(couch);

        couch.arrivedUnheard(notice, "2026-11-02T10:01:00Z").at("2026-11-06T10:00:00Z");
        assertThat(couch.released()).isEmpty();
        assertThat(couch.last).contains(new Effect.Erase(mail)).doesNotContain(new Effect.WithdrawNotice(notice));
    }

    @Test
    void a_second_mail_in_a_closed_period_has_its_notice_too_and_one_notice_names_all_of_an_hour() {
        Couch couch = couch().at("2026-11-02T10:00:00Z");
        couch.writes();
        couch.at("2026-11-02T10:10:00Z").writes();
        couch.at("2026-11-02T10:20:00Z").writes();
        assertThat(couch.told()).isEmpty();

        couch.at("2026-11-02T11:00:00Z");
        assertThat(couch.told())
                .containsExactly(new ClientLetter.Returned(
                        List.of(Instant.parse("2026-11-02T10:10:00Z"), Instant.parse("2026-11-02T10:20:00Z")),
                        Optional.of(OPENS)));
        assertThat(couch.timetable.held()).allMatch(mail -> mail.notice().isPresent());
    }

    @Test
    void what_no_notice_could_tell_of_within_three_days_is_delivered_marked_and_its_notice_does_not_leave() {
        Couch couch = couch().at("2026-11-02T10:00:00Z");
        couch.writes();
        NoticeId notice = name(couch);
        couch.at("2026-11-05T10:00:00Z");

        assertThat(couch.released()).extracting(Effect.Release::mark).containsExactly(DeliveryMark.OUT_OF_TURN);
        assertThat(couch.last).contains(new Effect.WithdrawNotice(notice)).noneMatch(Effect.Erase.class::isInstance);
        assertThat(couch.notes()).contains(new TherapistNote.Released(1, TherapistNote.Why.NOT_TOLD));
    }

    @Test
    void without_a_way_to_the_client_no_notice_waits_and_the_mail_is_delivered_after_three_days() {
        Couch couch = couch().letters(false).at("2026-11-02T10:00:00Z");
        couch.writes();
        assertThat(couch.told()).isEmpty();
        couch.at("2026-11-05T10:00:00Z");
        assertThat(couch.released()).hasSize(1);
    }

    @Test
    void a_key_that_is_recorded_in_time_lets_the_notice_leave() {
        Couch couch = couch().letters(false).at("2026-11-02T10:00:00Z");
        couch.writes();
        couch.letters(true).at("2026-11-03T09:00:00Z");
        assertThat(couch.told()).singleElement().isInstanceOf(ClientLetter.Returned.class);
    }

    @Test
    void automatic_mail_asks_for_no_notice_and_is_named_by_the_next_or_delivered() {
        Couch alone = couch();
        assertThat(alone.writesAutomatically()).isInstanceOf(AdmissionResult.Visibility.Held.class);
        assertThat(alone.told()).isEmpty();
        alone.at("2026-11-05T09:00:00Z");
        assertThat(alone.released()).extracting(Effect.Release::mark).containsExactly(DeliveryMark.OUT_OF_TURN);

        Couch both = couch();
        both.writesAutomatically();
        both.at("2026-11-02T12:00:00Z").writes();
        assertThat(((ClientLetter.Returned) both.told().get(0)).arrived()).hasSize(2);
    }

    enum What {
        MAIL,
        AUTOMATIC_MAIL,
        TAKEN,
        LOST,
        CUT_OFF,
        REACHABLE,
        TIME
    }

    record Event(What what, int minutes) {}

    @Provide
    Arbitrary<List<Event>> events() {
        return Combinators.combine(
                        Arbitraries.of(What.values()),
                        Arbitraries.oneOf(
                                Arbitraries.integers().between(0, 90),
                                Arbitraries.integers().between(90, 3_000)))
                .as(Event::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    @Property(tries = 300, seed = "20261128")
    void nothing_is_erased_of_which_nobody_was_told_and_nothing_is_left_over(@ForAll("events") List<Event> events) {
        Couch couch = couch();
        Set<MessageId> received = new HashSet<>();
        Set<MessageId> ended = new HashSet<>();
        Map<MessageId, Instant> toldAt = new HashMap<>();
        List<NoticeId> waiting = new ArrayList<>();
        Optional<Instant> lastNotice = Optional.empty();
        List<Event> all = new ArrayList<>(events);
        for (int day = 0; day < 8; day++) {
            all.add(new Event(What.TIME, 24 * 60));
        }
        for (Event event : all) {
            couch.at(couch.now.plus(Duration.ofMinutes(event.minutes())).toString());
            List<Effect> effects = new ArrayList<>(couch.last);
            switch (event.what()) {
                case MAIL, AUTOMATIC_MAIL -> {
                    AdmissionResult.Visibility seen =
                            event.what() == What.MAIL ? couch.writes() : couch.writesAutomatically();
                    effects.addAll(couch.last);
                    if (seen instanceof AdmissionResult.Visibility.Held) {
                        received.add(couch.timetable
                                .held()
                                .get(couch.timetable.held().size() - 1)
                                .message());
                    }
                }
                case TAKEN -> {
                    if (!waiting.isEmpty()) {
                        NoticeId notice = waiting.remove(0);
                        couch.timetable.held().stream()
                                .filter(mail -> mail.notice().equals(Optional.of(notice)))
                                .forEach(mail -> toldAt.putIfAbsent(mail.message(), couch.now));
                        couch.take(couch.sessions.delivered(couch.timetable, new ParcelId(notice.value()), couch.now));
                        effects.addAll(couch.last);
                    }
                }
                case LOST -> waiting.clear();
                case CUT_OFF -> couch.letters(false);
                case REACHABLE -> couch.letters(true);
                case TIME -> {}
            }
            for (Effect effect : effects) {
                if (effect instanceof Effect.Erase erase) {
                    assertThat(ended.add(erase.message())).isTrue();
                    assertThat(toldAt.get(erase.message()))
                            .isNotNull()
                            .isBeforeOrEqualTo(couch.now.minus(HeldMail.AFTER_NOTICE));
                } else if (effect instanceof Effect.Release release) {
                    assertThat(ended.add(release.message())).isTrue();
                } else if (effect instanceof Effect.WithdrawNotice withdrawn) {
                    waiting.remove(withdrawn.notice());
                } else if (effect instanceof Effect.TellClient tell
                        && tell.name().isPresent()) {
                    waiting.add(tell.name().get());
                }
            }
            Optional<Instant> notice = couch.timetable.notices().sentAt();
            if (!notice.equals(lastNotice)) {
                assertThat(lastNotice.filter(last -> last.plusSeconds(3_600).isAfter(notice.orElseThrow())))
                        .isEmpty();
                lastNotice = notice;
            }
        }
        assertThat(ended).isEqualTo(received);
    }
}
