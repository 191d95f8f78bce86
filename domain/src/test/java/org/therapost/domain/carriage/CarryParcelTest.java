package org.therapost.domain.carriage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.House;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.exchangers.MailExchangers;
import org.therapost.domain.exchangers.NewExchangers;
import org.therapost.domain.sessions.mail.SessionCommand;

class CarryParcelTest {

    private static final MailExchangers SERVERS =
            new MailExchangers("provider.example", List.of("mx.elsewhere.example"));

    private final House house = new House();
    private final ClientThread alices = house.enrol(House.ALICE, Optional.empty(), true);
    // Its last octet is 0: no jitter.
    private final ParcelId punctual = new ParcelId(new UUID(1, 0x8000_0000_0000_0000L));
    private final CarryParcel carryParcel =
            new CarryParcel(house, house, house, house, house, house.sessions.watchDelivery(), house.clock);

    @Test
    void a_delivered_parcel_needs_no_more() throws Exception {
        carryAfter(Duration.ZERO, new Relay.Attempt.Delivered());
        assertThat(house.putOff).isEmpty();
        assertThat(house.givenUp).isEmpty();
        assertThat(house.notices).isEmpty();
    }

    @Test
    void a_deferred_parcel_is_tried_again_after_as_long_as_it_has_been_on_its_way() throws Exception {
        carryAfter(Duration.ZERO, new Relay.Attempt.Deferred("4.4.1"));
        assertThat(house.putOff).containsEntry(punctual, Duration.ofMinutes(1));
        carryAfter(Duration.ofMinutes(16), new Relay.Attempt.Deferred("4.4.1"));
        assertThat(house.putOff).containsEntry(punctual, Duration.ofMinutes(16));
        assertThat(house.notices).isEmpty();
        carryAfter(Duration.ofHours(30), new Relay.Attempt.Deferred("4.4.1"));
        assertThat(house.putOff).containsEntry(punctual, Duration.ofHours(3));
    }

    @Test
    void a_parcel_whose_last_answer_was_lost_is_put_off_like_any_other() throws Exception {
        carryAfter(Duration.ofMinutes(16), new Relay.Attempt.Unclear("4.4.2"));
        assertThat(house.putOff).containsEntry(punctual, Duration.ofMinutes(16));
        assertThat(house.notices).isEmpty();
    }

    @Test
    void what_was_put_off_together_comes_back_apart() {
        Duration hour = Duration.ofHours(1);
        Duration least = pause(punctual, hour);
        Duration most = pause(new ParcelId(new UUID(1, 0x8000_0000_0000_00ffL)), hour);
        assertThat(least).isEqualTo(hour);
        assertThat(most).isBetween(hour.plusMinutes(14), hour.plusMinutes(15));
    }

    @Test
    void a_database_clock_that_was_set_back_makes_the_first_pause_and_no_error() throws Exception {
        carryAfter(Duration.ofDays(-3), new Relay.Attempt.Deferred("4.4.1"));
        assertThat(house.putOff).containsEntry(punctual, Duration.ofMinutes(1));
    }

    @Test
    void the_therapist_hears_of_a_delay_before_four_hours_are_over() throws Exception {
        carryAfter(Duration.ofMinutes(119), new Relay.Attempt.Deferred("4.4.1"));
        assertThat(house.notices).isEmpty();
        carryAfter(Duration.ofMinutes(130), new Relay.Attempt.Deferred("4.4.1"));
        assertThat(house.notices).singleElement().isInstanceOf(CarriageNote.Delayed.class);
    }

    @Test
    void the_therapist_hears_of_a_delay_also_when_nobody_could_try_around_the_fourth_hour() throws Exception {
        carryAfter(Duration.ofHours(40), new Relay.Attempt.Deferred("4.4.1"));
        assertThat(house.notices).singleElement().isInstanceOf(CarriageNote.Delayed.class);
    }

    @Test
    void the_therapist_who_was_told_hears_no_more_of_the_delay() throws Exception {
        house.nextAttempt = new Relay.Attempt.Deferred("4.4.1");
        carryParcel.carry(held(Duration.ofHours(40), true));
        assertThat(house.putOff).containsKey(punctual);
        assertThat(house.notices).isEmpty();
    }

    @Test
    void after_five_days_it_is_given_up_and_the_therapist_is_told() throws Exception {
        carryAfter(Duration.ofDays(5), new Relay.Attempt.Deferred("4.4.1"));
        assertThat(house.givenUp).isEmpty();
        house.notices.clear();
        house.filed.clear();
        house.putOff.clear();
        carryAfter(Duration.ofDays(5).plusSeconds(1), new Relay.Attempt.Deferred("4.4.1"));
        assertThat(house.putOff).isEmpty();
        assertThat(house.givenUp).containsExactly(punctual);
        assertThat(house.notices).containsExactly(new CarriageNote.Undeliverable(alices, "4.4.1"));
        assertThat(house.filed).extracting(Filing::place).containsExactly(new FilingPlace.Notice(house.bloom));
    }

    @Test
    void a_refused_parcel_is_given_up_at_once() throws Exception {
        carryAfter(Duration.ZERO, new Relay.Attempt.Refused("5.1.1"));
        assertThat(house.givenUp).containsExactly(punctual);
        assertThat(house.notices).containsExactly(new CarriageNote.Undeliverable(alices, "5.1.1"));
    }

    @Test
    void what_is_deferred_for_its_own_sake_is_set_aside_after_an_hour_and_the_therapist_hears_of_it_once()
            throws Exception {
        house.nextAttempt = new Relay.Attempt.Deferred("4.7.1", true);
        carryParcel.carry(deferred(Duration.ofMinutes(59), false, false));
        assertThat(house.notices).isEmpty();
        carryParcel.carry(deferred(Duration.ofHours(1), false, false));
        assertThat(house.notices).singleElement().isInstanceOf(CarriageNote.SetAside.class);
        carryParcel.carry(deferred(Duration.ofMinutes(61), true, true));
        assertThat(house.notices).hasSize(1);
        assertThat(house.postponements).extracting(Deferral::aside).containsExactly(false, true, true);
        assertThat(house.postponements).extracting(Deferral::cause).containsOnly(Deferral.Cause.ITSELF);
    }

    @Test
    void a_server_that_takes_nothing_sets_nothing_aside_however_long_it_lasts() throws Exception {
        house.nextAttempt = new Relay.Attempt.Deferred("4.4.1");
        carryParcel.carry(deferred(Duration.ofHours(3), true, true));
        assertThat(house.postponements)
                .singleElement()
                .satisfies(one -> assertThat(one.aside()).isFalse())
                .satisfies(one -> assertThat(one.cause()).isEqualTo(Deferral.Cause.SERVER));
    }

    @Test
    void the_arrival_of_a_letter_of_ours_is_remembered() throws Exception {
        LeasedParcel answer = held(Duration.ZERO, false);
        carryParcel.carry(answer);
        assertThat(house.delivered).isEmpty();
        Parcel letter = new Parcel(
                punctual,
                alices.id(),
                new Parcel.Route(Carriage.TLS, Optional.empty(), House.ALICE),
                answer.parcel().content());
        carryParcel.carry(
                new LeasedParcel(letter, answer.hold(), answer.postedAt(), answer.takenAt(), LeasedParcel.Delays.NONE));
        assertThat(house.delivered).containsExactly(punctual);
    }

    @Test
    void what_waits_for_new_servers_is_never_given_up_and_is_told_of_once_before_four_hours_are_over()
            throws Exception {
        carryWaiting(Duration.ZERO, others(false));
        assertThat(house.putOff).containsEntry(punctual, Duration.ofMinutes(1));
        assertThat(house.notices).isEmpty();
        carryWaiting(Duration.ofHours(2), others(false));
        assertThat(house.notices).containsExactly(new CarriageNote.NewServers(alices, SERVERS));
        carryWaiting(Duration.ofDays(60), others(true));
        assertThat(house.givenUp).isEmpty();
        assertThat(house.notices).hasSize(1);
        assertThat(house.putOff).containsEntry(punctual, Duration.ofHours(3));
        assertThat(house.postponements).extracting(Deferral::cause).containsOnly(Deferral.Cause.NEW_SERVERS);
        assertThat(house.postponements)
                .extracting(Deferral::toldOf)
                .containsExactly(Optional.empty(), Optional.of(SERVERS), Optional.empty());
    }

    @Test
    void an_old_parcel_begins_to_wait_for_new_servers_at_the_first_attempt_that_finds_them() throws Exception {
        carryAfter(Duration.ofDays(6), others(false));
        assertThat(house.putOff).containsEntry(punctual, Duration.ofMinutes(1));
        assertThat(house.notices).isEmpty();
        assertThat(house.givenUp).isEmpty();
    }

    /** Each attempt finds a set of its own, posts anew, and may find no DNS at all; only the first time stays. */
    @Property(tries = 300)
    void whatever_is_named_at_each_attempt_the_therapist_hears_of_it_before_four_hours_are_over(
            @ForAll @Size(min = 30, max = 30) List<@IntRange(max = 5) Integer> named) throws Exception {
        house.notices.clear();
        Duration waited = Duration.ZERO;
        for (int which : named) {
            MailExchangers set = new MailExchangers("provider.example", List.of("mx" + which + ".elsewhere.example"));
            carryWaiting(waited, new Relay.Attempt.NewServers(NewExchangers.first(set, House.NOW)));
            if (!house.notices.isEmpty()) {
                break;
            }
            waited = waited.plus(house.putOff.get(punctual));
        }
        assertThat(house.notices).hasSize(1);
        assertThat(waited).isLessThan(Duration.ofHours(4));
    }

    @Test
    void in_an_open_window_new_servers_are_told_of_at_once() throws Exception {
        house.sessions.takeCommand().take(alices, new SessionCommand.Open(Optional.empty()));
        carryAfter(Duration.ZERO, others(false));
        assertThat(house.notices).containsExactly(new CarriageNote.NewServers(alices, SERVERS));
        assertThat(house.putOff.get(punctual)).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    private static Relay.Attempt others(boolean told) {
        return new Relay.Attempt.NewServers(
                new NewExchangers(SERVERS, House.NOW, House.NOW, told ? Optional.of(House.NOW) : Optional.empty()));
    }

    /** It has waited so long for servers, whose domain named others a minute ago. */
    private void carryWaiting(Duration waited, Relay.Attempt attempt) throws Exception {
        house.nextAttempt = attempt;
        LeasedParcel held = held(Duration.ofMinutes(1), false);
        carryParcel.carry(new LeasedParcel(
                held.parcel(),
                held.hold(),
                held.postedAt(),
                held.takenAt(),
                held.delays(),
                waited.isZero() ? Optional.empty() : Optional.of(House.NOW.minus(waited))));
    }

    /** Whatever its server answers, from the first attempt to the last; what waits for new servers has no last. */
    @TestFactory
    List<DynamicTest> every_parcel_comes_to_an_end_that_the_therapist_sees_unless_it_arrived() {
        List<Relay.Attempt> answers = List.of(
                new Relay.Attempt.Delivered(),
                new Relay.Attempt.Refused("5.1.1"),
                new Relay.Attempt.Deferred("4.4.1"),
                new Relay.Attempt.Deferred("4.7.1", true),
                new Relay.Attempt.Unclear("4.4.2"));
        assertThat(answers.stream().map(Object::getClass))
                .as("all that can be answered")
                .contains(Arrays.stream(Relay.Attempt.class.getPermittedSubclasses())
                        .filter(kind -> kind != Relay.Attempt.NewServers.class)
                        .toArray(Class<?>[]::new));
        return answers.stream()
                .map(answer -> DynamicTest.dynamicTest(answer.toString(), () -> walk(answer)))
                .toList();
    }

    private void walk(Relay.Attempt answer) throws Exception {
        house.notices.clear();
        house.givenUp.clear();
        Duration onItsWay = Duration.ZERO;
        boolean told = false;
        for (int attempts = 0; attempts < 200 && house.givenUp.isEmpty(); attempts++) {
            house.putOff.clear();
            house.nextAttempt = answer;
            carryParcel.carry(held(onItsWay, told));
            Optional<Duration> pause = Optional.ofNullable(house.putOff.get(punctual));
            if (pause.isEmpty()) {
                break;
            }
            assertThat(pause.get()).as("it does not stand still").isPositive();
            told = told || house.notices.stream().anyMatch(CarriageNote.Delayed.class::isInstance);
            onItsWay = onItsWay.plus(pause.get());
        }
        assertThat(house.putOff).as("it is on its way no more").isEmpty();
        if (answer instanceof Relay.Attempt.Delivered) {
            assertThat(house.notices).isEmpty();
        } else {
            assertThat(house.givenUp).containsExactly(punctual);
            assertThat(house.notices).last().isInstanceOf(CarriageNote.Undeliverable.class);
            assertThat(house.notices)
                    .filteredOn(CarriageNote.Undeliverable.class::isInstance)
                    .hasSize(1);
        }
    }

    @Test
    void a_parcel_on_which_we_fail_ends_with_a_word_to_the_therapist_and_without_one_if_nobody_can_be_told()
            throws Exception {
        ParcelLease hold = held(Duration.ZERO, false).hold();
        carryParcel.abandon(hold, alices.id());
        assertThat(house.givenUp).containsExactly(punctual);
        assertThat(house.notices).containsExactly(new CarriageNote.Undeliverable(alices, "5.3.0"));

        house.givenUp.clear();
        ThreadId gone = new ThreadId(UUID.randomUUID());
        assertThatThrownBy(() -> carryParcel.abandon(hold, gone)).isInstanceOf(RefusedException.class);
        assertThat(house.givenUp).isEmpty();
        carryParcel.abandonSilently(hold);
        assertThat(house.givenUp).containsExactly(punctual);
        assertThat(house.notices).hasSize(1);
    }

    private LeasedParcel deferred(Duration since, boolean aside, boolean toldAside) {
        LeasedParcel held = held(since, false);
        Optional<Instant> first = Optional.of(held.postedAt());
        return new LeasedParcel(
                held.parcel(),
                held.hold(),
                held.postedAt(),
                held.takenAt(),
                new LeasedParcel.Delays(first, first, aside, false, toldAside));
    }

    private Duration pause(ParcelId id, Duration onItsWay) {
        LeasedParcel held = held(onItsWay, false);
        Parcel parcel = new Parcel(
                id,
                alices.id(),
                new Parcel.Route(Carriage.TLS, alices.address(), House.ALICE),
                held.parcel().content());
        LeasedParcel named =
                new LeasedParcel(parcel, held.hold(), held.postedAt(), held.takenAt(), LeasedParcel.Delays.NONE);
        return new RetrySchedule(Optional.empty()).pause(named, false);
    }

    private void carryAfter(Duration onItsWay, Relay.Attempt attempt) throws Exception {
        house.nextAttempt = attempt;
        carryParcel.carry(held(onItsWay, false));
    }

    private LeasedParcel held(Duration onItsWay, boolean told) {
        Parcel parcel = new Parcel(
                punctual,
                alices.id(),
                new Parcel.Route(Carriage.TLS, alices.address(), House.ALICE),
                House.mail("Subject: x\n\nwords\n"));
        return new LeasedParcel(
                parcel,
                new ParcelLease(punctual, UUID.randomUUID()),
                House.NOW.minus(onItsWay),
                House.NOW,
                new LeasedParcel.Delays(Optional.empty(), Optional.empty(), false, told, false));
    }
}
