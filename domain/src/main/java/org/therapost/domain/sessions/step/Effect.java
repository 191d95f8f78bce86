package org.therapost.domain.sessions.step;

import java.time.Instant;
import java.util.Optional;
import org.therapost.domain.conversation.DeliveryMark;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.NoticeId;
import org.therapost.domain.sessions.model.WindowId;

/** What has to be done for a step to be true; all of it in the transaction that stores the timetable. */
public sealed interface Effect {

    /**
     * A held message becomes visible.
     *
     * @param mark what the therapist sees beside it
     */
    record Release(MessageId message, DeliveryMark mark) implements Effect {}

    /** A message that was not passed on is erased. */
    record Erase(MessageId message) implements Effect {}

    /**
     * The client is told.
     *
     * @param about the {@code Message-ID} of the mail that it is about, with its angle brackets
     * @param name of a notice whose delivery matters
     */
    record TellClient(ClientLetter notice, Optional<String> about, Optional<NoticeId> name) implements Effect {

        /** A notice of which nobody asks whether it arrived. */
        public TellClient(ClientLetter notice, Optional<String> about) {
            this(notice, about, Optional.empty());
        }
    }

    /** Letters about an event that have not left do not leave: what they say is not so any more. */
    record WithdrawLetters(String uid) implements Effect {}

    /** A notice that has not left does not leave. */
    record WithdrawNotice(NoticeId notice) implements Effect {}

    /** The therapist is told. */
    record TellTherapist(TherapistNote note) implements Effect {}

    /** Answers that wait for the open are posted. */
    record PostWaitingForOpen(WindowId window) implements Effect {}

    /** For the audit log: ids only. */
    record Log(Event event, Optional<WindowId> window, Instant at) implements Effect {}

    /** What is worth an audit line. */
    enum Event {
        OVERRIDE,
        NOT_THE_ORGANIZER,
        STALE
    }
}
