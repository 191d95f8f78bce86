package org.therapost.domain.conversation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sessions.WatchDelivery;

/**
 * Carries a posted parcel to the client's mail exchanger, with retries up to five days (RFC 5321 section 4.5.4.1). Only
 * the therapist hears of trouble.
 */
public final class CarryParcel {

    private static final Duration GIVE_UP = Duration.ofDays(5);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(3);
    private static final Duration TELL_AFTER = Duration.ofHours(4);
    private static final int JITTER_STEPS = 256;

    // RFC 3463 section 3.4: other or undefined mail system status, here ours.
    private static final String OUR_FAULT = "5.3.0";

    private final Relay relay;
    private final Directory directory;
    private final Composer composer;
    private final Sealer sealer;
    private final Outbox outbox;
    private final WatchDelivery watch;
    private final Clock clock;

    public CarryParcel(
            Relay relay,
            Directory directory,
            Composer composer,
            Sealer sealer,
            Outbox outbox,
            WatchDelivery watch,
            Clock clock) {
        this.relay = relay;
        this.directory = directory;
        this.composer = composer;
        this.sealer = sealer;
        this.outbox = outbox;
        this.watch = watch;
        this.clock = clock;
    }

    /**
     * Tries once, and files what the therapist has to know of it. On return the caller may forget the parcel: it has
     * arrived, was given up with a notice, was put off, or is another attempt's by now.
     */
    public void carry(HeldParcel held) throws RefusedException, CannotTellException {
        Relay.Attempt attempt = relay.deliver(held.parcel(), () -> outbox.renew(held.hold()));
        if (attempt instanceof Relay.Attempt.Refused refused) {
            giveUp(held, refused.status());
        } else if (attempt instanceof Relay.Attempt.Deferred deferred) {
            tryLater(held, deferred.status());
        } else if (attempt instanceof Relay.Attempt.Unclear unclear) {
            // RFC 1047: it may have arrived. It goes again, later and octet for octet the same, so that a server which
            // has it knows it by its Message-ID.
            tryLater(held, unclear.status());
        }
    }

    private void tryLater(HeldParcel held, String status) throws RefusedException, CannotTellException {
        if (held.onItsWay().compareTo(GIVE_UP) > 0) {
            giveUp(held, status);
            return;
        }
        Duration pause = pause(held.parcel().id(), held.onItsWay());
        Instant nextTry = held.takenAt().plus(pause);
        boolean late = held.onItsWay().plus(pause).compareTo(TELL_AFTER) >= 0;
        List<Filing> notices =
                late && !held.told() ? List.of(notice(held, thread -> new Notice.Delayed(thread, nextTry))) : List.of();
        outbox.putOff(held.hold(), pause, notices);
        watch.putOff(held.parcel().thread(), held.postedAt());
    }

    private void giveUp(HeldParcel held, String status) throws RefusedException, CannotTellException {
        outbox.giveUp(held.hold(), List.of(notice(held, thread -> new Notice.Undeliverable(thread, status))));
    }

    /** Puts a parcel off for a minute whose attempt could not be brought to its end: the database was away. */
    public void putOff(ParcelHold hold) throws CannotTellException {
        outbox.putOff(hold, FIRST_PAUSE, List.of());
    }

    /** Ends the way of a parcel on which we fail again and again, by a fault of ours; it must be kept elsewhere before. */
    public void abandon(HeldParcel held) throws RefusedException, CannotTellException {
        giveUp(held, OUR_FAULT);
    }

    /** The same without a word to the therapist, when even that fails. */
    public void abandonSilently(ParcelHold hold) throws CannotTellException {
        outbox.giveUp(hold, List.of());
    }

    /**
     * As long again as it has been on its way, within a minute and three hours, and up to a quarter more: what was put off
     * together, because a server was away, does not come back together.
     */
    static Duration pause(ParcelId id, Duration onItsWay) {
        Duration pause = onItsWay.compareTo(FIRST_PAUSE) < 0
                ? FIRST_PAUSE
                : onItsWay.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : onItsWay;
        // Ids are random, so their octets are as good as dice, and tests can know how they fall.
        long dice = Math.floorMod(id.value().getLeastSignificantBits(), JITTER_STEPS);
        return pause.plus(pause.multipliedBy(dice).dividedBy(4L * JITTER_STEPS));
    }

    private Filing notice(HeldParcel held, Function<ClientThread, Notice> about)
            throws RefusedException, CannotTellException {
        ClientThread thread = directory.thread(held.parcel().thread());
        Therapist therapist = thread.therapist();
        MailContent text = composer.notice(therapist, about.apply(thread));
        MessageId id = new MessageId(UUID.randomUUID());
        return new Filing(
                id,
                new Place.Notice(therapist),
                sealer.seal(
                        text,
                        Reading.ofTherapist(therapist, Reading.messageId(id, therapist.address()), clock.instant())));
    }
}
