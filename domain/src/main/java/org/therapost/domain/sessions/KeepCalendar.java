package org.therapost.domain.sessions;

import java.util.ArrayList;
import java.util.List;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.RefusedException;
import org.therapost.domain.people.EmailAddress;

/** An invitation that a therapist's calendar sends to a thread opens, moves or cancels windows. */
public final class KeepCalendar {

    private final Timetables timetables;
    private final Sessions sessions;
    private final Messenger messenger;
    private final HouseRules house;

    public KeepCalendar(Timetables timetables, Sessions sessions, Messenger messenger, HouseRules house) {
        this.timetables = timetables;
        this.sessions = sessions;
        this.messenger = messenger;
        this.house = house;
    }

    /**
     * Keeps the calendar of a thread by what the therapist's program says.
     *
     * @param messages one or more, of one mail
     * @param mail the mail itself, which is filed
     */
    public FiledMessage keep(ClientThread thread, List<CalendarMessage> messages, Filing mail)
            throws RefusedException, CannotTellException {
        EmailAddress therapist = thread.therapist().address();
        return timetables
                .change(house.timetable(thread.id()), (timetable, now) -> {
                    Step step = sessions.invited(timetable, therapist, messages.get(0), now);
                    List<Effect> effects = new ArrayList<>(step.effects());
                    for (CalendarMessage message : messages.subList(1, messages.size())) {
                        step = sessions.invited(step.next(), therapist, message, now);
                        effects.addAll(step.effects());
                    }
                    return messenger.work(
                            thread,
                            new Step(step.next(), effects, step.wake()),
                            Messenger.Mail.visible(List.of(mail)),
                            now);
                })
                .get(0);
    }
}
