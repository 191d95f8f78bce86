package org.therapost.domain.sessions;

import java.time.Instant;
import java.util.List;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.RefusedException;

/** A therapist's command about the times of a thread is carried out and answered. */
public final class TakeCommand {

    private final Timetables timetables;
    private final Sessions sessions;
    private final Messenger messenger;
    private final HouseRules house;

    public TakeCommand(Timetables timetables, Sessions sessions, Messenger messenger, HouseRules house) {
        this.timetables = timetables;
        this.sessions = sessions;
        this.messenger = messenger;
        this.house = house;
    }

    /** Carries out a command that came by the command line. */
    public void take(ClientThread thread, SessionCommand command) throws RefusedException, CannotTellException {
        take(thread, command, Messenger.Mail.NONE);
    }

    /**
     * Carries out a command that came as a mail to the office.
     *
     * @param answer the name of the note that answers it
     * @return the note
     */
    public FiledMessage take(ClientThread thread, SessionCommand command, MessageId answer, NoteContext context)
            throws RefusedException, CannotTellException {
        return take(thread, command, Messenger.Mail.command(answer, context)).get(0);
    }

    /** Agrees on new terms. */
    public void agree(ClientThread thread, Terms terms) throws RefusedException, CannotTellException {
        step(thread, Messenger.Mail.NONE, (timetable, now) -> sessions.agree(timetable, terms, now));
    }

    /** Changes how the client is written to. */
    public void settings(ClientThread thread, ClientSettings settings) throws RefusedException, CannotTellException {
        step(thread, Messenger.Mail.NONE, (timetable, now) -> sessions.advance(with(timetable, settings), now));
    }

    private List<FiledMessage> take(ClientThread thread, SessionCommand command, Messenger.Mail mail)
            throws RefusedException, CannotTellException {
        return step(thread, mail, (timetable, now) -> sessions.command(timetable, command, now));
    }

    private interface Decide {
        Step step(Timetable timetable, Instant now);
    }

    private List<FiledMessage> step(ClientThread thread, Messenger.Mail mail, Decide decide)
            throws RefusedException, CannotTellException {
        return timetables.change(
                house.timetable(thread.id()),
                (timetable, now) ->
                        messenger.work(thread, decide.step(messenger.seen(thread, timetable), now), mail, now));
    }

    private static Timetable with(Timetable timetable, ClientSettings settings) {
        return new Timetable(
                timetable.thread(),
                timetable.terms(),
                settings,
                timetable.series(),
                timetable.windows(),
                timetable.held(),
                timetable.notices(),
                timetable.cycle(),
                timetable.answers(),
                timetable.plannedTo(),
                timetable.surroundings());
    }
}
