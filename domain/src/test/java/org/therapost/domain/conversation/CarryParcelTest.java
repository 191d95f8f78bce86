package org.therapost.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CarryParcelTest {

    private final House house = new House();
    private final ClientThread alices = house.enrol(House.ALICE, Optional.empty(), true);
    private final Parcel parcel = new Parcel(
            new ParcelId(UUID.randomUUID()),
            alices.id(),
            Carriage.TLS,
            alices.address(),
            House.ALICE,
            House.mail("Subject: x\n\nwords\n"));

    @Test
    void a_delivered_parcel_needs_no_more() throws Exception {
        carryAfter(Duration.ZERO, new Relay.Attempt.Delivered());
        assertThat(house.deferred).isEmpty();
        assertThat(house.notices).isEmpty();
    }

    @Test
    void a_deferred_parcel_is_tried_again_after_as_long_as_it_has_been_on_its_way() throws Exception {
        carryAfter(Duration.ZERO, new Relay.Attempt.Deferred("4.4.1"));
        assertThat(house.deferred).containsEntry(parcel.id(), House.NOW.plus(Duration.ofMinutes(1)));
        carryAfter(Duration.ofMinutes(16), new Relay.Attempt.Deferred("4.4.1"));
        assertThat(house.deferred).containsEntry(parcel.id(), House.NOW.plus(Duration.ofMinutes(16)));
        carryAfter(Duration.ofHours(30), new Relay.Attempt.Deferred("4.4.1"));
        assertThat(house.deferred).containsEntry(parcel.id(), House.NOW.plus(Duration.ofHours(3)));
        assertThat(house.notices).isEmpty();
    }

    @Test
    void the_therapist_hears_once_of_a_delay() throws Exception {
        carryAfter(Duration.ofMinutes(130), new Relay.Attempt.Deferred("4.4.1"));
        assertThat(house.notices).singleElement().isInstanceOf(Notice.Delayed.class);
        carryAfter(Duration.ofMinutes(260), new Relay.Attempt.Deferred("4.4.1"));
        assertThat(house.notices).hasSize(1);
    }

    @Test
    void after_five_days_it_is_given_up_and_the_therapist_is_told() throws Exception {
        carryAfter(Duration.ofDays(5).plusSeconds(1), new Relay.Attempt.Deferred("4.4.1"));
        assertThat(house.deferred).isEmpty();
        assertThat(house.notices).containsExactly(new Notice.Undeliverable(alices, "4.4.1"));
        assertThat(house.filed).extracting(Filing::place).containsExactly(new Place.Notice(house.bloom));
    }

    @Test
    void a_refused_parcel_is_given_up_at_once() throws Exception {
        carryAfter(Duration.ZERO, new Relay.Attempt.Refused("5.1.1"));
        assertThat(house.notices).containsExactly(new Notice.Undeliverable(alices, "5.1.1"));
    }

    private void carryAfter(Duration onItsWay, Relay.Attempt attempt) throws Exception {
        house.nextAttempt = attempt;
        Instant posted = House.NOW.minus(onItsWay);
        new CarryParcel(house, house, house, house, house, house.clock).carry(parcel, posted);
    }
}
