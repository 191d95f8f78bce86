package org.therapost.domain.sessions.journeys;

import java.time.Instant;
import java.util.List;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.sessions.engine.Sessions;
import org.therapost.domain.sessions.letters.NoteContext;
import org.therapost.domain.sessions.mail.SessionCommand;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.domain.sessions.model.DefaultTerms;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.step.Step;
import org.therapost.domain.sessions.step.Timetables;

/** A therapist's command about the times of a thread is carried out and answered. */
public final class TakeCommand {

    private final Timetables timetables;
    private final Sessions sessions;
    private final LetterDispatch letterDispatch;
    private final DefaultTerms defaultTerms;

    public TakeCommand(
            Timetables timetables, Sessions sessions, LetterDispatch letterDispatch, DefaultTerms defaultTerms) {
        this.timetables = timetables;
        this.sessions = sessions;
        this.letterDispatch = letterDispatch;
        this.defaultTerms = defaultTerms;
    }

    /** Carries out a command that came by the command line. */
    public void take(ClientThread thread, SessionCommand command) throws RefusedException, CannotTellException {
        take(thread, command, LetterDispatch.Mail.NONE);
    }

    /**
     * Carries out a command that came as a mail to the office.
     *
     * @param answer the name of the note that answers it
     * @return the note
     */
    public FiledMessage take(ClientThread thread, SessionCommand command, MessageId answer, NoteContext context)
            throws RefusedException, CannotTellException {
        return take(thread, command, LetterDispatch.Mail.command(answer, context))
                .get(0);
    }

    /** Agrees on new terms. */
    public void agree(ClientThread thread, Terms terms) throws RefusedException, CannotTellException {
        step(thread, LetterDispatch.Mail.NONE, (timetable, now) -> sessions.agree(timetable, terms, now));
    }

    /** Changes how the client is written to. */
    public void settings(ClientThread thread, ClientSettings settings) throws RefusedException, CannotTellException {
        step(thread, LetterDispatch.Mail.NONE, (timetable, now) -> sessions.advance(timetable.with(settings), now));
    }

    private List<FiledMessage> take(ClientThread thread, SessionCommand command, LetterDispatch.Mail mail)
            throws RefusedException, CannotTellException {
        return step(thread, mail, (timetable, now) -> sessions.command(timetable, command, now));
    }

    private interface Decide {
        Step step(Timetable timetable, Instant now);
    }

    private List<FiledMessage> step(ClientThread thread, LetterDispatch.Mail mail, Decide decide)
            throws RefusedException, CannotTellException {
        return timetables.change(
                defaultTerms.timetable(thread.id()),
                mail.names(),
                (timetable, now) -> letterDispatch.work(
                        thread, decide.step(letterDispatch.seen(thread, timetable), now), mail, now));
    }
}
