package org.therapost.domain.office;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.conversation.incoming.EnvelopeSender;
import org.therapost.domain.conversation.incoming.Submission;
import org.therapost.domain.exchangers.ClientServers;
import org.therapost.domain.people.OwnAddresses;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.journeys.TakeCommand;
import org.therapost.domain.sessions.letters.NoteContext;
import org.therapost.domain.sessions.mail.MailTraits;
import org.therapost.domain.sessions.mail.SessionCommand;
import org.therapost.domain.sessions.mail.SessionCommandParser;
import org.therapost.domain.sessions.model.DefaultTerms;
import org.therapost.domain.sessions.step.Timetables;

/**
 * Takes what a therapist writes to the office. Each mail is carried out, or not, and answered by one note; the note is what is
 * kept of it.
 */
public final class HandleOfficeMail {

    /** What mail programs put before a subject that they answer. */
    private static final Pattern ANSWERS = Pattern.compile("^(\\s*\\p{L}{1,4}(\\[\\d+\\])?\\s?:)+");

    private final Directory directory;
    private final Threads threads;
    private final MailTraits.Reader traits;
    private final OfficeNotes notes;
    private final NoteFiling filing;
    private final OwnAddresses own;
    private final Sessions sessions;
    private final OfClients ofClients;

    /** What carries out commands about a client's mail servers and keys. */
    public record OfClients(ClientServers servers, ClientKeyDesk keys) {}

    /** What carries out commands about agreed times. */
    public record Sessions(TakeCommand commands, Timetables timetables, DefaultTerms house, Clock clock) {

        ZoneId zone(ClientThread thread) throws CannotTellException {
            Instant now = clock.instant();
            return timetables
                    .find(thread.id())
                    .map(known -> known.termsAt(now).zone())
                    .orElse(house.zone());
        }
    }

    public HandleOfficeMail(
            Directory directory,
            Threads threads,
            MailTraits.Reader traits,
            NoteFiling filing,
            OwnAddresses own,
            Sessions sessions,
            OfClients ofClients) {
        this.directory = directory;
        this.threads = threads;
        this.traits = traits;
        this.notes = filing.notes();
        this.filing = filing;
        this.own = own;
        this.sessions = sessions;
        this.ofClients = ofClients;
    }

    /** One mail to the office, as far as it was read. */
    private record Mail(Therapist therapist, Submission submission, MailTraits traits, MessageId answer) {}

    /**
     * Takes one mail.
     *
     * @param answer the name of the note that will answer it; the same for the same mail
     * @return the note
     */
    public FiledMessage take(Therapist therapist, Submission submission, MessageId answer)
            throws RefusedException, CannotTellException {
        Optional<FiledMessage> before = threads.filed(List.of(answer)).stream().findFirst();
        if (before.isPresent()) {
            return before.get();
        }
        MailTraits seen = traits.read(submission.content(), EnvelopeSender.of(submission.sender()));
        return take(new Mail(therapist, submission, seen, answer));
    }

    private FiledMessage take(Mail mail) throws RefusedException, CannotTellException {
        if (mail.traits().automatic()) {
            return filing.onceADay(mail.therapist(), Optional.empty(), new OfficeNote.AutomaticMail());
        }
        List<String> answered = mail.traits().answers();
        for (EmailAddress asked : own.all(mail.therapist().id(), OwnAddresses.State.ASKED)) {
            if (answered.stream().anyMatch(id -> notes.asks(mail.therapist(), asked, id))) {
                return answerAbout(mail, asked);
            }
        }
        String words = words(mail);
        Optional<OfficeCommand> command = OfficeCommandParser.read(words);
        if (command.isPresent()) {
            return carryOut(mail, command.get());
        }
        Directory.ThreadList all = directory.threadsOf(mail.therapist());
        List<ClientThread> hers = all.readable();
        Optional<ClientThread> noted = hers.stream()
                .filter(thread -> answered.stream().anyMatch(id -> notes.isAbout(thread, id)))
                .findFirst();
        if (noted.isEmpty() && !all.changed().isEmpty()) {
            requireNamed(mail, hers, words);
        }
        Optional<ClientKeyCommand> aboutKey = ClientKeyCommand.read(words);
        if (aboutKey.isPresent()) {
            return aboutKey(mail, noted, aboutKey.get(), hers);
        }
        return aboutClient(mail, noted, words, hers);
    }

    /** While somebody changed one of the threads, only a client's name says that another one is meant, and no answer to a note does. */
    private static void requireNamed(Mail mail, List<ClientThread> hers, String words) throws CannotTellException {
        if (!mail.traits().answers().isEmpty()
                || new ClientNameMatcher(hers).in(words).isEmpty()) {
            throw new CannotTellException("a thread that somebody changed may be the one that is meant");
        }
    }

    /** A command stands in the subject or, where that is somebody else's or nothing, in the first line. */
    private static String words(Mail mail) {
        String subject = mail.traits().subject();
        boolean reply =
                !mail.traits().answers().isEmpty() || ANSWERS.matcher(subject).find();
        String first = ClientNameMatcher.plain(mail.traits().firstLine());
        return reply || subject.isBlank() ? first : ClientNameMatcher.plain(subject);
    }

    private FiledMessage answerAbout(Mail mail, EmailAddress asked) throws CannotTellException {
        Optional<Participation> said = mail.traits().participation();
        if (said.filter(word -> word != Participation.TENTATIVE).isEmpty()) {
            return note(mail, new OfficeNote.IsItYours(asked));
        }
        boolean yes = said.get() == Participation.ACCEPTED;
        own.answer(mail.therapist().id(), asked, yes);
        return addresses(mail, yes ? OfficeNote.Change.CONFIRMED : OfficeNote.Change.REFUSED);
    }

    private FiledMessage carryOut(Mail mail, OfficeCommand command) throws CannotTellException {
        if (command instanceof OfficeCommand.ForgetAddress forget) {
            boolean known = own.forget(mail.therapist().id(), forget.address());
            return addresses(mail, known ? OfficeNote.Change.FORGOTTEN : OfficeNote.Change.UNKNOWN);
        }
        return command instanceof OfficeCommand.ListAddresses
                ? addresses(mail, OfficeNote.Change.NONE)
                : note(mail, new OfficeNote.Help(OfficeNote.Occasion.QUESTION));
    }

    private FiledMessage addresses(Mail mail, OfficeNote.Change change) throws CannotTellException {
        return note(
                mail,
                new OfficeNote.OwnAddresses(change, own.all(mail.therapist().id(), OwnAddresses.State.CONFIRMED)));
    }

    private FiledMessage aboutKey(
            Mail mail, Optional<ClientThread> noted, ClientKeyCommand command, List<ClientThread> hers)
            throws RefusedException, CannotTellException {
        List<ClientNameMatcher.Named> named = new ClientNameMatcher(hers).in(command.rest());
        Optional<ClientNameMatcher.Named> meant = named.stream()
                .filter(one -> noted.map(ClientThread::id)
                        .map(one.thread().id()::equals)
                        .orElse(named.size() == 1))
                .filter(one -> noted.isEmpty() || ClientKeyCommand.isPhrase(one.words()))
                .findFirst();
        Optional<ClientThread> unnamed = noted.or(
                        () -> hers.stream().filter(one -> hers.size() == 1).findFirst())
                .filter(one -> named.isEmpty() || (noted.isPresent() && ClientKeyCommand.isPhrase(command.rest())));
        ClientKeyDesk.Answering answering =
                new ClientKeyDesk.Answering(mail.answer(), mail.submission().messageId());
        if (meant.isPresent()) {
            return ofClients
                    .keys()
                    .take(meant.get().thread(), command.saying(meant.get().words()), answering);
        }
        if (unnamed.isPresent()) {
            return ofClients.keys().take(unnamed.get(), command, answering);
        }
        List<ClientThread> some = noted.map(thread -> both(thread, named))
                .orElseGet(() ->
                        named.stream().map(ClientNameMatcher.Named::thread).toList());
        return note(mail, new OfficeNote.WhichClient(some.isEmpty() ? hers : some));
    }

    private FiledMessage aboutClient(Mail mail, Optional<ClientThread> noted, String words, List<ClientThread> hers)
            throws RefusedException, CannotTellException {
        List<ClientNameMatcher.Named> named = new ClientNameMatcher(hers).in(words);
        if (noted.isPresent()) {
            boolean another = !named.isEmpty()
                    && named.stream()
                            .noneMatch(
                                    one -> one.thread().id().equals(noted.get().id()));
            if (another) {
                return note(mail, new OfficeNote.WhichClient(both(noted.get(), named)));
            }
            String rest = named.isEmpty() ? words : named.get(0).words();
            return carryOut(mail, noted.get(), rest);
        }
        if (named.size() == 1) {
            return carryOut(mail, named.get(0).thread(), named.get(0).words());
        }
        if (named.size() > 1) {
            return note(
                    mail,
                    new OfficeNote.WhichClient(
                            named.stream().map(ClientNameMatcher.Named::thread).toList()));
        }
        boolean accepts = OfficeCommandParser.acceptsServer(words);
        boolean command = accepts || SessionCommandParser.begins(words);
        if (command
                && hers.size() == 1
                && (accepts || understood(words, hers.get(0)).isPresent())) {
            return carryOut(mail, hers.get(0), words);
        }
        return note(
                mail,
                command ? new OfficeNote.WhichClient(hers) : new OfficeNote.Help(OfficeNote.Occasion.NOT_UNDERSTOOD));
    }

    private static List<ClientThread> both(ClientThread noted, List<ClientNameMatcher.Named> named) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(noted), named.stream().map(ClientNameMatcher.Named::thread))
                .toList();
    }

    private FiledMessage carryOut(Mail mail, ClientThread thread, String words)
            throws RefusedException, CannotTellException {
        if (OfficeCommandParser.acceptsServer(words)) {
            return ofClients
                    .servers()
                    .accept(
                            thread.id(),
                            outcome -> filing.answer(
                                    thread,
                                    new OfficeNote.ServerAcceptance(outcome),
                                    mail.answer(),
                                    mail.submission().messageId()));
        }
        Optional<SessionCommand> command = understood(words, thread);
        if (command.isEmpty()) {
            return note(mail, thread, new OfficeNote.Help(OfficeNote.Occasion.NOT_UNDERSTOOD));
        }
        NoteContext context = NoteContext.answering(mail.submission().messageId());
        return sessions.commands().take(thread, command.get(), mail.answer(), context);
    }

    /** At the office the word {@code session} goes without saying. */
    private Optional<SessionCommand> understood(String words, ClientThread thread) throws CannotTellException {
        String whole = words.toLowerCase(java.util.Locale.ROOT).startsWith("session") ? words : "session " + words;
        return SessionCommandParser.read(
                        whole, sessions.zone(thread), sessions.clock().instant())
                .filter(command -> !(command instanceof SessionCommand.Help));
    }

    private FiledMessage note(Mail mail, OfficeNote note) throws CannotTellException {
        return note(mail, Optional.empty(), note);
    }

    private FiledMessage note(Mail mail, ClientThread thread, OfficeNote note) throws CannotTellException {
        return note(mail, Optional.of(thread), note);
    }

    private FiledMessage note(Mail mail, Optional<ClientThread> about, OfficeNote note) throws CannotTellException {
        return filing.file(
                mail.therapist(), about, note, mail.answer(), mail.submission().messageId());
    }
}
