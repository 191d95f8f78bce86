package org.therapost.domain.carriage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.MessageReaders;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.exchangers.MailExchangers;
import org.therapost.domain.exchangers.NewExchangers;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sessions.journeys.WatchDelivery;

/**
 * Carries a parcel to the client's mail exchanger, with retries up to five days (RFC 5321 section 4.5.4.1).
 * Only the therapist is told of failures.
 */
public final class CarryParcel {

    private static final Duration GIVE_UP = Duration.ofDays(5);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration TELL_AFTER = Duration.ofHours(4);

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
     * Makes one attempt, and files the notes that follow from it. On return the caller may forget the
     * parcel: it was delivered, was given up with a note, was deferred, or is leased by another attempt.
     */
    public void carry(LeasedParcel held) throws RefusedException, CannotTellException {
        Relay.Attempt attempt = relay.deliver(held.parcel(), () -> outbox.renew(held.hold()));
        if (attempt instanceof Relay.Attempt.Delivered) {
            delivered(held);
        } else if (attempt instanceof Relay.Attempt.Refused refused) {
            giveUp(held, refused.status());
        } else if (attempt instanceof Relay.Attempt.Deferred deferred) {
            tryLater(held, deferred.status(), deferred.ofItself());
        } else if (attempt instanceof Relay.Attempt.Unclear unclear) {
            // RFC 1047: it may have arrived. It is sent again later, octet for octet the same, so that a
            // server which has it recognizes it by its Message-ID.
            tryLater(held, unclear.status(), true);
        } else if (attempt instanceof Relay.Attempt.NewServers others) {
            waitForServers(held, others.exchangers());
        }
    }

    /** It waits for as long as it takes; the therapist is told what to do, once for each set of exchangers. */
    private void waitForServers(LeasedParcel held, NewExchangers others) throws RefusedException, CannotTellException {
        LeasedParcel waiting = held.waitingForServers();
        Optional<Instant> openSince = watch.openSince(held.parcel().thread());
        Duration pause = new RetrySchedule(openSince).pause(waiting, false);
        boolean due = openSince.isPresent() || waiting.onItsWay().plus(pause).compareTo(TELL_AFTER) >= 0;
        boolean tell = due && others.toldAt().isEmpty();
        List<Filing> notices = tell
                ? List.of(notice(held, thread -> new CarriageNote.NewServers(thread, others.exchangers())))
                : List.of();
        Optional<MailExchangers> toldOf = tell ? Optional.of(others.exchangers()) : Optional.empty();
        outbox.putOff(held.hold(), new Deferral(pause, Deferral.Cause.NEW_SERVERS, false, false, toldOf), notices);
    }

    /** A delivered parcel must not be carried again, whatever fails now. The queue deletes it as soon as it can. */
    private void delivered(LeasedParcel held) {
        if (!held.parcel().kind().ours()) {
            return;
        }
        try {
            if (outbox.delivered(held.hold())) {
                watch.delivered(held.parcel().thread(), held.parcel().id());
            }
        } catch (RefusedException | CannotTellException silent) {
            // The transaction that deletes the parcel also stores its arrival, which the thread's next step
            // reads.
            return;
        }
    }

    private void tryLater(LeasedParcel held, String status, boolean ofItself)
            throws RefusedException, CannotTellException {
        if (held.onItsWay().compareTo(GIVE_UP) > 0) {
            giveUp(held, status);
            return;
        }
        LeasedParcel.Delays delays = held.delays();
        RetrySchedule retrySchedule =
                new RetrySchedule(watch.openSince(held.parcel().thread()));
        Duration pause = retrySchedule.pause(held, ofItself);
        Instant nextTry = held.takenAt().plus(pause);
        boolean late = held.onItsWay().plus(pause).compareTo(TELL_AFTER) >= 0;
        boolean aside = ofItself && (delays.aside() || retrySchedule.setsAside(held));
        List<Filing> notices = new ArrayList<>();
        if (aside && !delays.toldAside()) {
            notices.add(notice(held, thread -> new CarriageNote.SetAside(thread, status, nextTry)));
        }
        if (late && !delays.toldLate()) {
            notices.add(notice(held, thread -> new CarriageNote.Delayed(thread, nextTry)));
        }
        Deferral.Cause cause = ofItself ? Deferral.Cause.ITSELF : Deferral.Cause.SERVER;
        outbox.putOff(held.hold(), new Deferral(pause, cause, aside, late && !delays.toldLate()), notices);
        if (!ofItself) {
            watch.putOff(held.parcel().thread(), delays.deferredSince().orElse(held.takenAt()));
        }
    }

    private void giveUp(LeasedParcel held, String status) throws RefusedException, CannotTellException {
        outbox.giveUp(held.hold(), List.of(notice(held, thread -> new CarriageNote.Undeliverable(thread, status))));
    }

    /** Defers a parcel for a minute whose attempt could not be completed because the database did not answer. */
    public void putOff(ParcelLease hold) throws CannotTellException {
        outbox.putOff(hold, new Deferral(FIRST_PAUSE, Deferral.Cause.US, false, false), List.of());
    }

    /** Gives up a parcel on which our own code fails again and again. The caller must have kept a copy before. */
    public void abandon(ParcelLease hold, ThreadId thread) throws RefusedException, CannotTellException {
        outbox.giveUp(hold, List.of(notice(thread, known -> new CarriageNote.Undeliverable(known, OUR_FAULT))));
    }

    /**
     * Tells the therapists of parcels that cannot be decrypted any more, once for each parcel, whichever
     * process set it apart.
     *
     * @return how many could not be told of now
     */
    public int tellOfDamaged() throws CannotTellException {
        int untold = 0;
        for (Outbox.Damaged damaged : outbox.damaged()) {
            try {
                outbox.tellDamaged(damaged.parcel(), List.of(notice(damaged.thread(), CarriageNote.Damaged::new)));
            } catch (RefusedException nobody) {
                untold++;
            }
        }
        return untold;
    }

    /** The same without a note to the therapist, for when even the note fails. */
    public void abandonSilently(ParcelLease hold) throws CannotTellException {
        outbox.giveUp(hold, List.of());
    }

    private Filing notice(LeasedParcel held, Function<ClientThread, CarriageNote> about)
            throws RefusedException, CannotTellException {
        return notice(held.parcel().thread(), about);
    }

    private Filing notice(ThreadId about, Function<ClientThread, CarriageNote> word)
            throws RefusedException, CannotTellException {
        return filing(composer, sealer, clock, word.apply(directory.thread(about)));
    }

    /** A note to the therapist of the thread that it is about. */
    static Filing filing(Composer composer, Sealer sealer, Clock clock, CarriageNote note) {
        Therapist therapist = note.thread().therapist();
        MailContent text = composer.notice(therapist, note);
        MessageId id = new MessageId(UUID.randomUUID());
        return new Filing(
                id,
                new FilingPlace.Notice(therapist),
                sealer.seal(text, MessageReaders.ofNote(therapist, id, text, clock.instant())));
    }
}
