package org.therapost.domain.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Sealer;

/** The journeys of agreed times over timetables in memory, with letters that say no more than what they are. */
public final class PlainSessions implements Letters, CalendarReader, MailTraits.Reader {

    public final InMemoryTimetables timetables;
    public final Sessions sessions = new Sessions(PlainSessions::once);
    public final HouseRules house = new HouseRules(ZoneId.of("Europe/London"), Locale.ENGLISH);
    public final List<ClientNotice> toClient = new ArrayList<>();
    public final List<TherapistNote> toTherapist = new ArrayList<>();

    /** What a calendar program put into every mail. */
    public Optional<CalendarMessage> calendar = Optional.empty();

    private final Messenger messenger;
    private final Threads threads;
    private final Directory directory;
    private final Clock clock;

    public PlainSessions(Threads threads, Directory directory, Sealer sealer, Clock clock) {
        this.timetables = new InMemoryTimetables(clock);
        this.messenger = new Messenger(this, sealer);
        this.threads = threads;
        this.directory = directory;
        this.clock = clock;
    }

    public ReceiveTimedMail receiveTimedMail() {
        return new ReceiveTimedMail(
                timetables,
                threads,
                sessions,
                new ClientMailReader(this, this, (thread, uid, known) -> Optional.empty(), this),
                messenger,
                house);
    }

    public TakeCommand takeCommand() {
        return new TakeCommand(timetables, sessions, messenger, house);
    }

    public AdvanceSessions advanceSessions() {
        return new AdvanceSessions(timetables, directory, sessions, messenger);
    }

    public WatchDelivery watchDelivery() {
        return new WatchDelivery(timetables, directory, sessions, messenger);
    }

    public SessionDesk desk() {
        return new SessionDesk(
                new TherapistMail.Reader(
                        timetables, this, this, (thread, uid, known) -> Optional.empty(), this, house, clock),
                takeCommand(),
                new KeepCalendar(timetables, sessions, messenger, house),
                new PostAnswer(timetables, sessions, messenger));
    }

    private static List<LocalDateTime> once(Series series, LocalDateTime from, LocalDateTime until, int limit) {
        return series.start().isBefore(from) || !series.start().isBefore(until) ? List.of() : List.of(series.start());
    }

    @Override
    public MailTraits read(MailContent mail) {
        return new MailTraits(
                field(mail, "Subject: ").orElse(""),
                false,
                field(mail, "In-Reply-To: ").stream().toList(),
                Optional.empty(),
                1,
                Optional.empty());
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
    public MailContent toClient(
            ClientThread thread,
            ClientSettings client,
            ClientNotice notice,
            Optional<String> about,
            Carriage carriage) {
        toClient.add(notice);
        return letter(notice);
    }

    @Override
    public MailContent toTherapist(ClientThread thread, Terms terms, ClientSettings client, TherapistNote note) {
        toTherapist.add(note);
        return letter(note);
    }

    @Override
    public boolean isInvitation(ClientThread thread, String uid, String messageId) {
        return false;
    }

    @Override
    public boolean isNote(ClientThread thread, String messageId) {
        return messageId.startsWith("<note.");
    }

    private static MailContent letter(Object what) {
        return MailContent.of(("Subject: " + what.getClass().getSimpleName() + "\r\n\r\n").getBytes(UTF_8));
    }
}
