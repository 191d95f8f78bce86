package org.therapost.domain.sessions;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.domain.sessions.engine.AdmissionResult;
import org.therapost.domain.sessions.engine.Sessions;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.mail.ClientMail;
import org.therapost.domain.sessions.mail.MailOrigin;
import org.therapost.domain.sessions.mail.MailTraits;
import org.therapost.domain.sessions.mail.SessionCommand;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.domain.sessions.model.HoursSummary;
import org.therapost.domain.sessions.model.NoticeId;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.ThreadMode;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.domain.sessions.step.Step;

/** One thread between ALICE and DR_BLOOM on a clock that the test moves. */
public final class Couch {

    static final EmailAddress DR_BLOOM = EmailAddress.of("bloom@practice.example");
    static final EmailAddress ALICE = EmailAddress.of("alice@mail.example");
    static final EmailAddress MALLORY = EmailAddress.of("mallory@evil.example");
    public static final ZoneId LONDON = ZoneId.of("Europe/London");
    public static final String UID = "weekly@calendar.example";

    public final Sessions sessions = new Sessions(new SimpleOccurrences());
    public final List<Effect> all = new ArrayList<>();
    public Timetable timetable;
    public Instant now;
    public List<Effect> last = List.of();
    public Optional<Instant> wake = Optional.empty();
    private long mails;

    public Couch(Terms terms, ZoneId clientZone, String now) {
        ClientSettings client =
                new ClientSettings(clientZone, Locale.ENGLISH, ClientSettings.Crisis.POINTER, Optional.empty());
        this.now = Instant.parse(now);
        this.timetable = Timetable.initial(new ThreadId(new UUID(1, 1)), terms, client);
    }

    /** A live thread whose contract holds mail, on Monday 2 November 2026. */
    public static Couch holding() {
        return new Couch(terms(ThreadMode.LIVE, OutsideMailPolicy.HOLD), LONDON, "2026-11-02T09:00:00Z");
    }

    public static Couch with(OutsideMailPolicy policy) {
        return new Couch(terms(ThreadMode.LIVE, policy), LONDON, "2026-11-02T09:00:00Z");
    }

    public static Terms terms(ThreadMode mode, OutsideMailPolicy policy) {
        return new Terms(
                Instant.parse("2026-01-01T00:00:00Z"),
                mode,
                LONDON,
                new Terms.OutsideMail(policy, Duration.ofDays(7), Optional.of("urgent")),
                new Terms.WindowRules(
                        Duration.ofMinutes(50),
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(5),
                        Optional.of("telephone"),
                        HoursSummary.NEVER),
                Optional.empty());
    }

    /** What was agreed, but for the longest time that mail is held. */
    public static Terms holding(String since, Duration maxHold) {
        Terms agreed = terms(ThreadMode.LIVE, OutsideMailPolicy.HOLD);
        return new Terms(
                Instant.parse(since),
                agreed.mode(),
                agreed.zone(),
                new Terms.OutsideMail(agreed.policy(), maxHold, agreed.urgentWord()),
                new Terms.WindowRules(
                        agreed.length(), agreed.lateness(), agreed.grace(), agreed.backUpPlan(), agreed.hoursSummary()),
                agreed.cycle());
    }

    /** Messaging hours, summed up so. */
    public static Terms hours(String since, HoursSummary summary) {
        Terms agreed = terms(ThreadMode.MESSAGING, OutsideMailPolicy.DELIVER);
        return new Terms(
                Instant.parse(since),
                agreed.mode(),
                agreed.zone(),
                new Terms.OutsideMail(agreed.policy(), agreed.maxHold(), agreed.urgentWord()),
                new Terms.WindowRules(agreed.length(), agreed.lateness(), agreed.grace(), agreed.backUpPlan(), summary),
                agreed.cycle());
    }

    Couch agrees(Terms terms) {
        return take(sessions.agree(timetable, terms, now));
    }

    public Couch at(String instant) {
        now = Instant.parse(instant);
        return take(sessions.advance(timetable, now));
    }

    public Couch take(Step step) {
        timetable = step.next();
        last = step.effects();
        wake = step.wake();
        all.addAll(last);
        return this;
    }

    /** The gateway was down. */
    Couch outage(String from, String until) {
        TimeSpan span = new TimeSpan(Instant.parse(from), Instant.parse(until));
        return around(new Timetable.Surroundings(List.of(span), List.of(), 0));
    }

    /** Another thread of the therapist has a window then. */
    Couch elsewhere(String from, String until) {
        TimeSpan span = new TimeSpan(Instant.parse(from), Instant.parse(until));
        return around(new Timetable.Surroundings(List.of(), List.of(span), 0));
    }

    /** Answers of hers wait for the open. */
    Couch waitingForTheOpen(int count) {
        return around(new Timetable.Surroundings(List.of(), List.of(), count));
    }

    /** Whether our letters can leave, and which of them have not arrived. */
    public Couch letters(boolean reachable, Timetable.OnItsWay... onTheirWay) {
        return around(new Timetable.Surroundings(List.of(), List.of(), 0, reachable, List.of(onTheirWay), List.of()));
    }

    /** The client's server took a notice, and the step that was to hear of it failed. */
    public Couch arrivedUnheard(NoticeId letter, String at) {
        return around(new Timetable.Surroundings(
                List.of(), List.of(), 0, true, List.of(), List.of(new Timetable.Arrived(letter, Instant.parse(at)))));
    }

    private Couch around(Timetable.Surroundings surroundings) {
        timetable = timetable.around(surroundings);
        return this;
    }

    // --- calendar

    public static Series event(String uid, String start, String rule, int sequence) {
        return event(uid, LONDON, start, 50, rule, sequence);
    }

    public static Series event(String uid, ZoneId zone, String start, int minutes, String rule, int sequence) {
        return new Series(
                uid,
                new Revision(sequence, Instant.parse("2026-01-01T00:00:00Z").plusSeconds(sequence)),
                new Series.Pattern(
                        LocalDateTime.parse(start),
                        WallClock.of(zone),
                        Duration.ofMinutes(minutes),
                        rule.isEmpty() ? Optional.empty() : Optional.of(rule),
                        Set.of(),
                        Series.ZoneFrom.CALENDAR));
    }

    public Couch invites(Series... events) {
        return says(new CalendarMessage.Request(DR_BLOOM, List.of(events), List.of()));
    }

    /** Every Wednesday at 18:00, from 4 November 2026. */
    public Couch invitesWeekly() {
        return invites(event(UID, "2026-11-04T18:00", "FREQ=WEEKLY", 0));
    }

    public Couch moves(String uid, String original, String start, int sequence) {
        Series.Instance instance = new Series.Instance(
                LocalDateTime.parse(start), WallClock.of(LONDON), Duration.ofMinutes(50), new Revision(sequence, now));
        WindowKey key = new WindowKey(uid, Optional.of(LocalDateTime.parse(original)));
        return says(
                new CalendarMessage.Request(DR_BLOOM, List.of(), List.of(new CalendarMessage.Single(key, instance))));
    }

    public Couch cancels(String uid, String original, int sequence) {
        Optional<LocalDateTime> instance =
                original.isEmpty() ? Optional.empty() : Optional.of(LocalDateTime.parse(original));
        return says(new CalendarMessage.Cancel(DR_BLOOM, new WindowKey(uid, instance), new Revision(sequence, now)));
    }

    Couch says(CalendarMessage message) {
        return take(sessions.invited(timetable, DR_BLOOM, message, now));
    }

    public Couch orders(SessionCommand command) {
        return take(sessions.command(timetable, command, now));
    }

    public Couch writesBack() {
        return take(sessions.answered(timetable, 40, now));
    }

    // --- the client

    public ClientMail mail(String subject, boolean automatic, int words, CalendarMessage... calendar) {
        return mail(subject, automatic, words, Optional.empty(), calendar);
    }

    private ClientMail mail(
            String subject, boolean automatic, int words, Optional<Instant> written, CalendarMessage... calendar) {
        return mail(subject, automatic, words, written, Optional.empty(), calendar);
    }

    /** A mail that answers a letter of ours. */
    ClientMail answering(ClientMail.OurLetter letter, boolean automatic, int words) {
        return mail("about Tuesday", automatic, words, Optional.empty(), Optional.of(letter));
    }

    private ClientMail mail(
            String subject,
            boolean automatic,
            int words,
            Optional<Instant> written,
            Optional<ClientMail.OurLetter> answers,
            CalendarMessage... calendar) {
        mails++;
        return new ClientMail(
                new MessageId(new UUID(2, mails)),
                Optional.of("<" + mails + "@mail.example>"),
                new MailTraits(
                        subject,
                        automatic ? MailOrigin.AUTOMATIC_REPLY : MailOrigin.PERSON,
                        MailTraits.Answers.NOTHING,
                        written,
                        new MailTraits.OwnText(words, "", Optional.empty())),
                List.of(calendar),
                Optional.empty(),
                answers);
    }

    public AdmissionResult.Visibility writes() {
        return receives(mail("hello", false, 100), now);
    }

    public AdmissionResult.Visibility writesWords(int words) {
        return receives(mail("hello", false, words), now);
    }

    /** Mail that says it was written then. */
    AdmissionResult.Visibility writesDated(String written) {
        return receives(mail("hello", false, 100, Optional.of(Instant.parse(written))), now);
    }

    AdmissionResult.Visibility writesSubject(String subject) {
        return receives(mail(subject, false, 100), now);
    }

    public AdmissionResult.Visibility writesAutomatically() {
        return receives(mail("Out of office", true, 10), now);
    }

    public AdmissionResult.Visibility replies(String original, int sequence, Participation participation) {
        return replies(original, new Revision(sequence, now), ALICE, participation);
    }

    public AdmissionResult.Visibility replies(
            String original, Revision revision, EmailAddress attendee, Participation participation) {
        Optional<LocalDateTime> instance =
                original.isEmpty() ? Optional.empty() : Optional.of(LocalDateTime.parse(original));
        CalendarMessage reply =
                new CalendarMessage.Reply(new WindowKey(UID, instance), revision, attendee, participation);
        return receives(mail("Accepted", false, 2, reply), now);
    }

    public AdmissionResult.Visibility receives(ClientMail mail, Instant accepted) {
        AdmissionResult admissionResult = sessions.receive(timetable, mail, accepted);
        take(admissionResult.step());
        return admissionResult.visibility();
    }

    // --- what came of it

    public List<ClientLetter> told() {
        return notices(last);
    }

    public List<TherapistNote> notes() {
        return notes(last);
    }

    public static List<ClientLetter> notices(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.TellClient.class::isInstance)
                .map(effect -> ((Effect.TellClient) effect).notice())
                .toList();
    }

    public static List<TherapistNote> notes(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.TellTherapist.class::isInstance)
                .map(effect -> ((Effect.TellTherapist) effect).note())
                .toList();
    }

    public List<Effect.Release> released() {
        return last.stream()
                .filter(Effect.Release.class::isInstance)
                .map(Effect.Release.class::cast)
                .toList();
    }

    public List<Effect.Event> logged() {
        return last.stream()
                .filter(Effect.Log.class::isInstance)
                .map(effect -> ((Effect.Log) effect).event())
                .toList();
    }

    /** The window that opens then; the newest, if one took the place of another. */
    public Window window(String opens) {
        Instant at = Instant.parse(opens);
        List<Window> found = timetable.windows().stream()
                .filter(window -> window.opensAt().equals(at))
                .toList();
        return found.stream()
                .filter(window -> !window.state().ended())
                .findFirst()
                .orElseGet(() -> found.stream()
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no window at " + opens + " in " + timetable.windows())));
    }

    public WindowState state(String opens) {
        return window(opens).state();
    }
}
