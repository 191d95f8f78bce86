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

/**
 * Carries a posted parcel to the client's mail exchanger, with retries up to five days (RFC 5321 section 4.5.4.1). Only
 * the therapist hears of trouble.
 */
public final class CarryParcel {

    private static final Duration GIVE_UP = Duration.ofDays(5);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(3);
    private static final Duration TELL_AFTER = Duration.ofHours(4);

    private final Relay relay;
    private final Directory directory;
    private final Composer composer;
    private final Sealer sealer;
    private final Threads threads;
    private final Clock clock;

    public CarryParcel(
            Relay relay, Directory directory, Composer composer, Sealer sealer, Threads threads, Clock clock) {
        this.relay = relay;
        this.directory = directory;
        this.composer = composer;
        this.sealer = sealer;
        this.threads = threads;
        this.clock = clock;
    }

    /**
     * Tries once, and files what the therapist has to know of it. On return the caller may forget the parcel: it has
     * arrived, was given up with a notice, or was put off.
     *
     * @param postedAt when the parcel was posted
     */
    public void carry(Parcel parcel, Instant postedAt) throws RefusedException, CannotTellException {
        Relay.Attempt attempt = relay.deliver(parcel);
        if (attempt instanceof Relay.Attempt.Refused refused) {
            tell(parcel, thread -> new Notice.Undeliverable(thread, refused.status()));
        } else if (attempt instanceof Relay.Attempt.Deferred deferred) {
            Instant now = clock.instant();
            if (now.isAfter(postedAt.plus(GIVE_UP))) {
                tell(parcel, thread -> new Notice.Undeliverable(thread, deferred.status()));
                return;
            }
            Instant nextTry = now.plus(pause(Duration.between(postedAt, now)));
            if (now.isBefore(postedAt.plus(TELL_AFTER)) && !nextTry.isBefore(postedAt.plus(TELL_AFTER))) {
                tell(parcel, thread -> new Notice.Delayed(thread, nextTry));
            }
            threads.defer(parcel.id(), nextTry);
        }
    }

    /** Puts a parcel off for a minute whose attempt could not be brought to its end: the database was away. */
    public void putOff(ParcelId id) throws CannotTellException {
        threads.defer(id, clock.instant().plus(FIRST_PAUSE));
    }

    /** As long again as it has been on its way, within a minute and three hours. */
    static Duration pause(Duration onItsWay) {
        if (onItsWay.compareTo(FIRST_PAUSE) < 0) {
            return FIRST_PAUSE;
        }
        return onItsWay.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : onItsWay;
    }

    private void tell(Parcel parcel, Function<ClientThread, Notice> about)
            throws RefusedException, CannotTellException {
        ClientThread thread = directory.thread(parcel.thread());
        Therapist therapist = thread.therapist();
        MailContent text = composer.notice(therapist, about.apply(thread));
        MessageId id = new MessageId(UUID.randomUUID());
        threads.file(
                List.of(new Filing(
                        id,
                        new Place.Notice(therapist),
                        sealer.seal(
                                text,
                                Reading.ofTherapist(
                                        therapist, Reading.messageId(id, therapist.address()), clock.instant())))),
                List.of());
    }
}
