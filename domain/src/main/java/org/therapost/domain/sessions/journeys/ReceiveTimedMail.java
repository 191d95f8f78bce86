package org.therapost.domain.sessions.journeys;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.conversation.TimesOfMail;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.conversation.incoming.AuthenticSender;
import org.therapost.domain.sessions.engine.AdmissionResult;
import org.therapost.domain.sessions.engine.Sessions;
import org.therapost.domain.sessions.mail.ClientMail;
import org.therapost.domain.sessions.mail.ClientMailReader;
import org.therapost.domain.sessions.model.DefaultTerms;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.step.Timetables;
import org.therapost.domain.sessions.step.Timetables.Change;
import org.therapost.domain.sessions.step.Timetables.Decision;

/**
 * Inbound, in threads with agreed times. The acceptance instant decides whether a client's mail is visible
 * or held, and which notices leave. Filing, release time and notices are one transaction.
 */
public final class ReceiveTimedMail {

    private final Timetables timetables;
    private final Threads threads;
    private final Sessions sessions;
    private final ClientMailReader reader;
    private final LetterDispatch letterDispatch;
    private final DefaultTerms defaultTerms;

    public ReceiveTimedMail(
            Timetables timetables,
            Threads threads,
            Sessions sessions,
            ClientMailReader reader,
            LetterDispatch letterDispatch,
            DefaultTerms defaultTerms) {
        this.timetables = timetables;
        this.threads = threads;
        this.sessions = sessions;
        this.reader = reader;
        this.letterDispatch = letterDispatch;
        this.defaultTerms = defaultTerms;
    }

    /** What the agreed times make of a mail; it is read for that only if times are agreed for one of its threads. */
    public TimesOfMail of(ArrivedMail mail, AuthenticSender sender) {
        return filings -> file(mail, sender, filings);
    }

    private List<FiledMessage> file(ArrivedMail mail, AuthenticSender sender, List<Filing> filings)
            throws RefusedException, CannotTellException {
        List<Filing> untimed = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        for (Filing filing : filings) {
            Optional<Timetable> timetable = timetable(filing);
            if (timetable.isPresent() && filing.place() instanceof FilingPlace.FromClient from) {
                ClientMail heard = reader.read(mail, sender, from.thread(), filing.id(), timetable.get());
                // Recipients without agreed times are filed with the first thread that has some.
                List<Filing> others = changes.isEmpty() ? untimed : List.of();
                changes.add(new Change(
                        timetable.get(), names(filing, others), decision(from.thread(), filing, heard, others)));
            } else {
                untimed.add(filing);
            }
        }
        return changes.isEmpty() ? threads.file(filings, List.of()) : timetables.change(changes);
    }

    private static List<MessageId> names(Filing filing, List<Filing> others) {
        return Stream.concat(Stream.of(filing), others.stream()).map(Filing::id).toList();
    }

    private Optional<Timetable> timetable(Filing filing) throws CannotTellException {
        return filing.place() instanceof FilingPlace.FromClient from
                ? timetables.find(from.thread().id())
                : Optional.empty();
    }

    private Decision decision(ClientThread thread, Filing filing, ClientMail heard, List<Filing> others) {
        return (timetable, now) -> {
            AdmissionResult admissionResult = sessions.receive(letterDispatch.seen(thread, timetable), heard, now);
            List<Filing> visible = new ArrayList<>();
            List<Filing> held = new ArrayList<>();
            if (admissionResult.visibility() instanceof AdmissionResult.Visibility.Visible shown) {
                visible.add(filing.at(new FilingPlace.FromClient(thread, shown.mark())));
            } else {
                held.add(filing);
            }
            visible.addAll(others);
            return letterDispatch.work(
                    thread, admissionResult.step(), new LetterDispatch.Mail(visible, held, List.of(), List.of()), now);
        };
    }

    /**
     * Mail in the name of a thread's client was refused because her provider does not prove it; the therapist gets one note
     * about it a week.
     */
    public void clientNotProved(ClientThread thread) throws RefusedException, CannotTellException {
        timetables.change(
                defaultTerms.timetable(thread.id()),
                (timetable, now) -> letterDispatch.work(
                        thread, sessions.clientNotProved(timetable, now), LetterDispatch.Mail.NONE, now));
    }

    /** Mail for a thread came from a mailbox that is not its client's; it is refused, and the client gets a hint, not often. */
    public void strangerWrote(ClientThread thread, ArrivedMail mail) throws RefusedException, CannotTellException {
        if (reader.isAutomatic(mail)) {
            return;
        }
        // The hint leaves also where nothing was agreed: the client may be waiting for an answer to a mail
        // that was refused.
        timetables.change(
                defaultTerms.timetable(thread.id()),
                (timetable, now) -> letterDispatch.work(
                        thread,
                        sessions.strangerWrote(letterDispatch.seen(thread, timetable), now),
                        LetterDispatch.Mail.NONE,
                        now));
    }
}
