package org.therapost.domain.sessions;

import java.util.List;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.RefusedException;

/** A therapist's answer in a thread with agreed times: it counts, and waits for the next open if it is to. */
public final class PostAnswer {

    private final Timetables timetables;
    private final Sessions sessions;
    private final Messenger messenger;

    public PostAnswer(Timetables timetables, Sessions sessions, Messenger messenger) {
        this.timetables = timetables;
        this.sessions = sessions;
        this.messenger = messenger;
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
                .change(known, (timetable, now) -> {
                    boolean waits = answer.retitled().isPresent()
                            && sessions.nextOpen(timetable, now).isPresent();
                    List<Parcel> one = List.of(parcel);
                    return messenger.work(
                            thread,
                            sessions.answered(messenger.seen(thread, timetable), answer.words(), now),
                            new Messenger.Mail(filings, List.of(), waits ? List.of() : one, waits ? one : List.of()),
                            now);
                })
                .get(0);
    }
}
