package org.therapost.domain.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.carriage.Composer;
import org.therapost.domain.carriage.NewsOfServers;
import org.therapost.domain.carriage.ReleaseWaiting;
import org.therapost.domain.clientkeys.InMemoryClientKeys;
import org.therapost.domain.clientkeys.PlainCertificates;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.InMemoryKnownMessageIds;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.conversation.identifiers.StableMessageIds;
import org.therapost.domain.conversation.incoming.EnvelopeSender;
import org.therapost.domain.conversation.incoming.FoundKey;
import org.therapost.domain.exchangers.ClientServers;
import org.therapost.domain.exchangers.InMemoryExchangerPins;
import org.therapost.domain.exchangers.InMemoryPolicies;
import org.therapost.domain.exchangers.KnownProviders;
import org.therapost.domain.exchangers.PublishedPolicies;
import org.therapost.domain.journeys.AddresseeResolver;
import org.therapost.domain.journeys.ReceiveMail;
import org.therapost.domain.office.ClientKeyDesk;
import org.therapost.domain.office.ExternalInvitations;
import org.therapost.domain.office.HandleOfficeMail;
import org.therapost.domain.office.NoteFiling;
import org.therapost.domain.office.Office;
import org.therapost.domain.office.OfficeNote;
import org.therapost.domain.office.OfficeNotes;
import org.therapost.domain.office.OfficeService;
import org.therapost.domain.people.InMemoryOwnAddresses;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.CalendarReader;
import org.therapost.domain.sessions.calendar.CalendarShape;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.engine.Sessions;
import org.therapost.domain.sessions.journeys.AdvanceSessions;
import org.therapost.domain.sessions.journeys.KeepCalendar;
import org.therapost.domain.sessions.journeys.LetterDispatch;
import org.therapost.domain.sessions.journeys.PostAnswer;
import org.therapost.domain.sessions.journeys.ReceiveTimedMail;
import org.therapost.domain.sessions.journeys.TakeCommand;
import org.therapost.domain.sessions.journeys.TherapistMailJourneys;
import org.therapost.domain.sessions.journeys.WatchDelivery;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.NoteContext;
import org.therapost.domain.sessions.letters.SessionLetters;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.mail.ClientMailReader;
import org.therapost.domain.sessions.mail.EventOrganizers;
import org.therapost.domain.sessions.mail.MailOrigin;
import org.therapost.domain.sessions.mail.MailTraits;
import org.therapost.domain.sessions.mail.TherapistMail;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.domain.sessions.model.DefaultTerms;
import org.therapost.domain.sessions.model.Terms;

/** The journeys of agreed times, and the office, over memory, with letters that say no more than what they are. */
public final class PlainSessions implements SessionLetters, CalendarReader, MailTraits.Reader, OfficeNotes {

    public final InMemoryTimetables timetables;
    public final InMemoryExchangerPins pins;
    public final Sessions sessions = new Sessions(PlainSessions::once);
    public final DefaultTerms defaultTerms = new DefaultTerms(ZoneId.of("Europe/London"), Locale.ENGLISH);
    public final List<ClientLetter> toClient = new ArrayList<>();
    public final List<TherapistNote> toTherapist = new ArrayList<>();

    public final InMemoryClientKeys clientKeys;
    public final List<OfficeNote> ofOffice = new ArrayList<>();
    public final InMemoryOwnAddresses own = new InMemoryOwnAddresses();
    public final InMemoryKnownMessageIds knownIds = new InMemoryKnownMessageIds();
    public final StableMessageIds messageIds = new StableMessageIds(new ServerKey(new byte[ServerKey.SIZE]));

    /** Whom events invite. */
    public List<EmailAddress> attendees = List.of();

    /** What every mail brings along. */
    public List<FoundKey> keysInMail = List.of();

    /** What a calendar program put into every mail. */
    public Optional<CalendarMessage> calendar = Optional.empty();

    private final LetterDispatch letterDispatch;
    private final Threads threads;
    private final Directory directory;
    private final Sealer sealer;
    private final Composer composer;
    private final Clock clock;

    public <H extends Threads & Directory & Sealer & Composer> PlainSessions(H house, Clock clock) {
        this(house, house, house, house, clock);
    }

    private PlainSessions(Threads threads, Directory directory, Sealer sealer, Composer composer, Clock clock) {
        this.timetables = new InMemoryTimetables(clock);
        this.pins = new InMemoryExchangerPins(
                clock, note -> threads.file(List.of(note), List.of()).get(0));
        this.letterDispatch = new LetterDispatch(this, sealer);
        this.threads = threads;
        this.directory = directory;
        this.sealer = sealer;
        this.composer = composer;
        this.clientKeys = new InMemoryClientKeys(threads, clock);
        this.clock = clock;
    }

    public EventOrganizers organizers() {
        return new EventOrganizers(directory, own);
    }

    public NoteFiling notes() {
        return new NoteFiling(this, sealer, threads, messageIds, clock);
    }

    public OfficeService office() {
        HandleOfficeMail.Sessions agreed =
                new HandleOfficeMail.Sessions(takeCommand(), timetables, defaultTerms, clock);
        return new OfficeService(
                new HandleOfficeMail(
                        directory,
                        threads,
                        this,
                        notes(),
                        own,
                        agreed,
                        new HandleOfficeMail.OfClients(servers(), clientKeyDesk())),
                notes(),
                own);
    }

    /** Without DNS: what domains name is what tests say that they named. */
    public ClientServers servers() {
        InMemoryPolicies nobodys = new InMemoryPolicies();
        return new ClientServers(
                pins,
                KnownProviders.NONE,
                domain -> Optional.empty(),
                directory,
                new PublishedPolicies(nobodys, nobodys, clock),
                new NewsOfServers(composer, sealer, clock));
    }

    /** Takes keys of certificates that are their own fingerprints. */
    public ClientKeyDesk clientKeyDesk() {
        return new ClientKeyDesk(
                directory,
                clientKeys,
                new PlainCertificates(),
                sealer,
                notes(),
                new ReleaseWaiting(directory, sealer, composer, threads, advanceSessions()));
    }

    /** Mail that brings no keys. */
    public ReceiveMail.Keys keys() {
        return new ReceiveMail.Keys((mail, sender) -> keysInMail, clientKeyDesk());
    }

    public ExternalInvitations invitations() {
        return new ExternalInvitations(
                this,
                reader(),
                organizers(),
                new KeepCalendar(timetables, sessions, letterDispatch, defaultTerms),
                notes());
    }

    public AddresseeResolver addressing() {
        return new AddresseeResolver(directory, new Office(Office.DEFAULT), this, knownIds);
    }

    public ReceiveTimedMail receiveTimedMail() {
        return new ReceiveTimedMail(
                timetables,
                threads,
                sessions,
                new ClientMailReader(this, this, (thread, uid, known) -> Optional.empty(), this),
                letterDispatch,
                defaultTerms);
    }

    public TakeCommand takeCommand() {
        return new TakeCommand(timetables, sessions, letterDispatch, defaultTerms);
    }

    public AdvanceSessions advanceSessions() {
        return new AdvanceSessions(timetables, directory, sessions, letterDispatch);
    }

    public WatchDelivery watchDelivery() {
        return new WatchDelivery(timetables, directory, sessions, letterDispatch);
    }

    public TherapistMailJourneys desk() {
        return new TherapistMailJourneys(
                reader(),
                takeCommand(),
                new KeepCalendar(timetables, sessions, letterDispatch, defaultTerms),
                new PostAnswer(timetables, sessions, letterDispatch));
    }

    private TherapistMail.Reader reader() {
        return new TherapistMail.Reader(
                timetables, this, this, (thread, uid, known) -> Optional.empty(), organizers(), defaultTerms, clock);
    }

    private static List<LocalDateTime> once(Series series, LocalDateTime from, LocalDateTime until, int limit) {
        return series.start().isBefore(from) || !series.start().isBefore(until) ? List.of() : List.of(series.start());
    }

    @Override
    public MailTraits read(MailContent mail, EnvelopeSender sender) {
        boolean automatic = field(mail, "Auto-Submitted: ").isPresent() || sender == EnvelopeSender.NULL;
        String text =
                new String(mail.octets(), UTF_8).substring(mail.headerSize()).strip();
        return new MailTraits(
                field(mail, "Subject: ").orElse(""),
                automatic ? MailOrigin.AUTOMATIC_REPLY : MailOrigin.PERSON,
                new MailTraits.Answers(
                        field(mail, "In-Reply-To: ").stream().toList(),
                        field(mail, "In-Reply-To: ").stream().toList()),
                Optional.empty(),
                new MailTraits.OwnText(
                        1,
                        text.lines().findFirst().orElse(""),
                        text.equals("yes")
                                ? Optional.of(Participation.ACCEPTED)
                                : text.equals("no") ? Optional.of(Participation.DECLINED) : Optional.empty()));
    }

    private static Optional<String> field(MailContent mail, String name) {
        return new String(mail.header(), UTF_8)
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .findFirst();
    }

    @Override
    public Optional<CalendarMessage> read(MailContent mail, ZoneId floating) {
        return calendar;
    }

    @Override
    public CalendarShape shape(MailContent mail) {
        return new CalendarShape(
                calendar.isPresent() ? CalendarShape.Speaker.ORGANIZER : CalendarShape.Speaker.NOBODY,
                CalendarShape.Company.NOTHING,
                attendees);
    }

    @Override
    public MailContent toClient(
            ClientThread thread,
            ClientSettings client,
            ClientLetter notice,
            Optional<String> about,
            Carriage carriage) {
        toClient.add(notice);
        return letter(notice);
    }

    @Override
    public MailContent toTherapist(
            ClientThread thread, Terms terms, ClientSettings client, TherapistNote note, NoteContext context) {
        toTherapist.add(note);
        return letter(note);
    }

    @Override
    public boolean isInvitation(ClientThread thread, String uid, String messageId) {
        return false;
    }

    @Override
    public Optional<Instant> noticeWritten(ClientThread thread, String messageId) {
        return Optional.empty();
    }

    @Override
    public boolean isNote(ClientThread thread, String messageId) {
        return isAbout(thread, messageId);
    }

    @Override
    public MailContent write(
            Therapist therapist, Optional<ClientThread> about, OfficeNote note, Optional<String> answers) {
        ofOffice.add(note);
        return letter(note);
    }

    @Override
    public boolean isOne(Therapist therapist, String messageId) {
        return messageId.startsWith("<note.");
    }

    @Override
    public boolean isAbout(ClientThread thread, String messageId) {
        return messageId.startsWith("<note." + thread.address().localPart() + ".");
    }

    @Override
    public boolean asks(Therapist therapist, EmailAddress organizer, String messageId) {
        return messageId.startsWith("<note.own." + organizer.localPart());
    }

    private static MailContent letter(Object what) {
        return MailContent.of(("Subject: " + what.getClass().getSimpleName() + "\r\n\r\n").getBytes(UTF_8));
    }
}
