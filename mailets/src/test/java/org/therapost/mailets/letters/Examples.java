package org.therapost.mailets.letters;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.clientkeys.ComparisonPhrase;
import org.therapost.domain.clientkeys.KeySource;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.exchangers.ClientServers;
import org.therapost.domain.exchangers.MailExchangers;
import org.therapost.domain.office.OfficeNote;
import org.therapost.domain.record.Checkpoint;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.mail.MailOrigin;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowId;
import org.therapost.domain.sessions.model.WindowKind;
import org.therapost.domain.sessions.model.WindowResult;
import org.therapost.domain.sessions.model.WindowState;

/** Every notice and every note, in each of its forms. Dr Bloom is in London, Alice in Berlin. */
final class Examples {

    static final Instant FIRST = Instant.parse("2026-12-01T17:00:00Z");
    static final Instant LATER = Instant.parse("2026-12-09T17:00:00Z");
    static final String UID = "040000008200E00074C5B7101A82E008@LAPTOP-BLOOM";
    static final Terms TERMS = Terms.initial(FIRST, ZoneId.of("Europe/London"));

    private static final Revision REVISION = new Revision(0, FIRST);
    private static final LocalDateTime START = LocalDateTime.parse("2026-12-01T17:00");

    static final Series SERIES = series(Optional.of("FREQ=WEEKLY"), false);
    static final Series ONCE = series(Optional.empty(), true);
    static final WindowKey KEY = new WindowKey(UID, Optional.of(START));

    private static final TimeSpan BEFORE = new TimeSpan(FIRST, FIRST.plus(Duration.ofMinutes(50)));
    private static final ClientLetter.Shift MOVED =
            new ClientLetter.Shift(BEFORE, new TimeSpan(LATER, LATER.plus(Duration.ofMinutes(50))));

    private Examples() {}

    static ClientLetter moved(Series series) {
        return new ClientLetter.Change(
                series,
                new ClientLetter.Differences(List.of(MOVED), List.of(), List.of(), ClientLetter.Rest.STAY),
                List.of(FIRST, LATER),
                true);
    }

    private static ClientLetter change(
            List<ClientLetter.Shift> moved,
            List<Instant> cancelled,
            List<Instant> added,
            ClientLetter.Rest rest,
            boolean asks) {
        return new ClientLetter.Change(
                SERIES, new ClientLetter.Differences(moved, cancelled, added, rest), List.of(FIRST, LATER), asks);
    }

    static ClientSettings client(Locale language) {
        return new ClientSettings(
                ZoneId.of("Europe/Berlin"), language, ClientSettings.Crisis.POINTER, Optional.empty());
    }

    static List<ClientLetter> notices() {
        return List.of(
                new ClientLetter.Held(FIRST, LATER),
                new ClientLetter.Delivered(
                        FIRST, Optional.of(new ClientLetter.Delivered.Next(WindowKind.LIVE, BEFORE))),
                new ClientLetter.Delivered(
                        FIRST, Optional.of(new ClientLetter.Delivered.Next(WindowKind.HOURS, BEFORE))),
                new ClientLetter.Delivered(FIRST, Optional.empty()),
                new ClientLetter.Returned(List.of(FIRST), Optional.of(LATER)),
                new ClientLetter.Returned(List.of(FIRST, LATER), Optional.empty()),
                new ClientLetter.Moved(Optional.of(LATER)),
                new ClientLetter.Moved(Optional.empty()),
                new ClientLetter.OpenedNow(LATER),
                new ClientLetter.Extended(LATER),
                new ClientLetter.Disturbed(FIRST, ClientLetter.Disturbance.DID_NOT_TAKE_PLACE),
                new ClientLetter.Disturbed(FIRST, ClientLetter.Disturbance.BEGAN_LATE),
                new ClientLetter.ClocksChange(LATER),
                new ClientLetter.Receipt(FIRST, LATER, ClientLetter.Receipt.For.NEXT_CYCLE),
                new ClientLetter.Receipt(FIRST, LATER, ClientLetter.Receipt.For.THIS_CYCLE),
                new ClientLetter.Delayed(LATER),
                new ClientLetter.OtherMailbox(FIRST),
                new ClientLetter.Invitation(SERIES, List.of(FIRST, LATER), true),
                new ClientLetter.Invitation(SERIES, List.of(FIRST, LATER), false),
                new ClientLetter.Invitation(ONCE, List.of(FIRST), true),
                change(List.of(MOVED), List.of(LATER), List.of(FIRST), ClientLetter.Rest.STAY, true),
                change(List.of(MOVED), List.of(), List.of(), ClientLetter.Rest.ANEW, true),
                change(List.of(MOVED), List.of(), List.of(), ClientLetter.Rest.NONE, false),
                change(List.of(), List.of(FIRST), List.of(), ClientLetter.Rest.CANCELLED, true),
                new ClientLetter.Cancellation(SERIES, Optional.of(KEY), 1, FIRST),
                new ClientLetter.Cancellation(SERIES, Optional.empty(), 1, FIRST),
                new ClientLetter.Cancellation(ONCE, Optional.empty(), 1, FIRST));
    }

    static List<TherapistNote> notes() {
        List<TherapistNote> all = new ArrayList<>(List.of(
                new TherapistNote.Confirmed(
                        SERIES, List.of(FIRST, LATER), Set.of(TherapistNote.Confirmed.Mark.CLASHES)),
                new TherapistNote.Confirmed(
                        ONCE,
                        List.of(),
                        Set.of(TherapistNote.Confirmed.Mark.UPDATE, TherapistNote.Confirmed.Mark.CLIENT_NOT_TOLD)),
                new TherapistNote.Cancelled(SERIES, Optional.of(FIRST)),
                new TherapistNote.Cancelled(ONCE, Optional.empty()),
                new TherapistNote.Opened(window(WindowState.OPEN), 3, TherapistNote.Start.LATE),
                new TherapistNote.Opened(window(WindowState.OPEN), 0, TherapistNote.Start.IN_TIME),
                new TherapistNote.ClientLate(window(WindowState.OPEN)),
                new TherapistNote.Summary(window(WindowState.GRACE)),
                new TherapistNote.HoursOfWeek(new TimeSpan(FIRST, LATER), new Window.Turns(7, 5, 640)),
                new TherapistNote.Holding(2, Optional.of(FIRST), Optional.of(LATER), true, 0),
                new TherapistNote.Holding(1, Optional.of(FIRST), Optional.of(LATER), false, 3),
                new TherapistNote.Holding(0, Optional.empty(), Optional.empty(), false, 3),
                new TherapistNote.ClocksChange(LATER),
                new TherapistNote.Answered(SERIES, KEY, Participation.ACCEPTED, Optional.of(FIRST)),
                new TherapistNote.Answered(SERIES, KEY, Participation.TENTATIVE, Optional.of(FIRST)),
                new TherapistNote.Answered(
                        SERIES, new WindowKey(UID, Optional.empty()), Participation.DECLINED, Optional.empty()),
                new TherapistNote.Countered(SERIES, KEY, LATER),
                new TherapistNote.WrittenInTime(FIRST, LATER),
                new TherapistNote.StillWaiting(2),
                new TherapistNote.ReplyDue(LATER, Duration.ofHours(24)),
                new TherapistNote.Overdue(LATER),
                new TherapistNote.Dormant(FIRST),
                new TherapistNote.NotProved(),
                new TherapistNote.ManyWords(1500, 1000),
                new TherapistNote.NotGettingThrough(window(WindowState.OPEN), Optional.of("I ring you.")),
                new TherapistNote.NotGettingThrough(window(WindowState.OPEN), Optional.empty())));
        for (CalendarMessage.Reason reason : CalendarMessage.Reason.values()) {
            all.add(new TherapistNote.NotUnderstood(reason, Optional.of("Neverland")));
        }
        for (TherapistNote.Cause cause : TherapistNote.Cause.values()) {
            all.add(new TherapistNote.Unchanged(cause));
        }
        for (TherapistNote.Why why : TherapistNote.Why.values()) {
            all.add(new TherapistNote.Released(4, why));
        }
        for (WindowResult result : WindowResult.values()) {
            all.add(new TherapistNote.Summary(closed(result)));
        }
        List<Window> windows =
                Arrays.stream(WindowState.values()).map(Examples::window).toList();
        for (TherapistNote.Answer answer : TherapistNote.Answer.values()) {
            all.add(new TherapistNote.CommandAnswer(answer, windows, List.of(held())));
        }
        return all;
    }

    static List<OfficeNote> ofOffice() {
        EmailAddress google = EmailAddress.of("bloom.d@gmail.example");
        MailExchangers servers = new MailExchangers("provider.example", List.of("mx.provider.example"));
        List<OfficeNote> all = new ArrayList<>(List.of(
                new OfficeNote.Help(OfficeNote.Occasion.QUESTION),
                new OfficeNote.Help(OfficeNote.Occasion.NOT_UNDERSTOOD),
                new OfficeNote.WhichClient(List.of(Desk.THREAD)),
                new OfficeNote.WhichClient(List.of()),
                new OfficeNote.AutomaticMail(),
                new OfficeNote.PasswordKnown(),
                new OfficeNote.ServerAcceptance(new ClientServers.Acceptance.Accepted(servers)),
                new OfficeNote.ServerAcceptance(new ClientServers.Acceptance.Untold(servers)),
                new OfficeNote.ServerAcceptance(new ClientServers.Acceptance.Nothing()),
                new OfficeNote.RecordCheckpoint(
                        new Checkpoint(Desk.THREAD.therapist().id(), "00", Instant.EPOCH, Checkpoint.FIRST, List.of()),
                        "-----BEGIN PGP SIGNED MESSAGE-----"),
                new OfficeNote.ThreadChanged(Desk.THREAD.address()),
                new OfficeNote.IsItYours(google),
                new OfficeNote.EventOfAnother(google),
                new OfficeNote.InvitationFromOutside(Optional.of(google)),
                new OfficeNote.InvitationFromOutside(Optional.empty())));
        for (MailOrigin origin : MailOrigin.values()) {
            if (origin != MailOrigin.PERSON) {
                all.add(new OfficeNote.NotPassedOn(origin));
            }
        }
        all.addAll(ofKeys());
        for (OfficeNote.Change change : OfficeNote.Change.values()) {
            all.add(new OfficeNote.OwnAddresses(change, List.of(google)));
            all.add(new OfficeNote.OwnAddresses(change, List.of()));
        }
        return all;
    }

    static Window window(WindowState state) {
        return window(state, Set.of(Window.Mark.CONFIRMED, Window.Mark.TOLD), Optional.empty());
    }

    private static Window closed(WindowResult result) {
        return window(
                WindowState.CLOSED,
                Set.of(Window.Mark.CONFIRMED, Window.Mark.LATE, Window.Mark.TOLD),
                Optional.of(result));
    }

    private static Window window(WindowState state, Set<Window.Mark> marks, Optional<WindowResult> result) {
        return new Window(
                new Window.Plan(
                        new WindowId(UUID.randomUUID()),
                        KEY,
                        WindowKind.LIVE,
                        REVISION,
                        new TimeSpan(FIRST, FIRST.plus(Duration.ofMinutes(50)))),
                state,
                Optional.empty(),
                marks,
                new Window.Turns(3, 4, 1234),
                result);
    }

    private static HeldMail held() {
        return new HeldMail(new MessageId(UUID.randomUUID()), FIRST, HeldMail.Fate.RELEASE, LATER);
    }

    static Series series(Optional<String> rule, boolean floating) {
        return new Series(
                UID,
                REVISION,
                new Series.Pattern(
                        START,
                        WallClock.of(ZoneId.of("Europe/London")),
                        Duration.ofMinutes(50),
                        rule,
                        Set.of(),
                        floating ? Series.ZoneFrom.THERAPIST : Series.ZoneFrom.CALENDAR));
    }

    /** Every note about a client's key. */
    private static List<OfficeNote> ofKeys() {
        List<OfficeNote> all = new ArrayList<>(List.of(new OfficeNote.KeyTaken(), new OfficeNote.KeyEnded()));
        for (OfficeNote.Removed removed : OfficeNote.Removed.values()) {
            all.add(new OfficeNote.KeyRemoved(removed));
        }
        for (KeySource source : KeySource.values()) {
            for (OfficeNote.Beside beside : OfficeNote.Beside.values()) {
                all.add(new OfficeNote.KeyWaits(
                        source, beside, Optional.of(EmailAddress.of("alice@provider.example"))));
            }
        }
        for (OfficeNote.KeyQuestion.Standing standing : OfficeNote.KeyQuestion.Standing.values()) {
            for (OfficeNote.KeyQuestion.Asked asked : OfficeNote.KeyQuestion.Asked.values()) {
                all.add(new OfficeNote.KeyQuestion(
                        asked,
                        standing,
                        "0123456789abcdef0123456789abcdef01234567",
                        new ComparisonPhrase(List.of("walrus", "antler", "basin", "biscuit", "birch"))));
            }
        }
        for (OfficeNote.KeyWord word : OfficeNote.KeyWord.values()) {
            all.add(new OfficeNote.KeyAnswer(word));
        }
        return all;
    }
}
