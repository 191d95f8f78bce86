package org.therapost.domain.sessions.journeys;

import java.util.List;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.sessions.engine.Sessions;
import org.therapost.domain.sessions.mail.TherapistMail;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.step.Timetables;

/** A therapist's answer in a thread with agreed times: it counts, and waits for the next open if it is to. */
public final class PostAnswer {

    private final Timetables timetables;
    private final Sessions sessions;
    private final LetterDispatch letterDispatch;

    public PostAnswer(Timetables timetables, Sessions sessions, LetterDispatch letterDispatch) {
        this.timetables = timetables;
        this.sessions = sessions;
        this.letterDispatch = letterDispatch;
    }

    /**
     * Files an answer and queues its parcel.
     *
     * @param filings the answer, and what the therapist has to know of it
     */
    public FiledMessage post(
            ClientThread thread, Timetable known, TherapistMail.Answer answer, List<Filing> filings, Parcel parcel)
            throws RefusedException, CannotTellException {
        return timetables
                .change(known, filings.stream().map(Filing::id).toList(), (timetable, now) -> {
                    boolean waits = answer.retitled().isPresent()
                            && sessions.nextOpen(timetable, now).isPresent();
                    List<Parcel> one = List.of(parcel);
                    return letterDispatch.work(
                            thread,
                            sessions.answered(letterDispatch.seen(thread, timetable), answer.words(), now),
                            new LetterDispatch.Mail(
                                    filings, List.of(), waits ? List.of() : one, waits ? one : List.of()),
                            now);
                })
                .get(0);
    }
}
