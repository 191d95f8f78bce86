package org.therapost.domain.sessions;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A neutral word of ours to a client, from the thread's address. It quotes nothing, claims nothing of anybody's reading,
 * and says nothing of what the thread is for.
 */
public sealed interface ClientNotice {

    /** Their mail is kept until the agreed time. */
    record Held(Instant arrived, Instant passedOn) implements ClientNotice {}

    /** Their mail was delivered; an answer is due. */
    record AnswerDue(Instant arrived, Optional<Instant> due) implements ClientNotice {}

    /** Their mail was not passed on. */
    record Returned(Instant arrived, Optional<Instant> nextOpen) implements ClientNotice {}

    /** What is kept for them moves to another time; empty if it was delivered now. */
    record Moved(Optional<Instant> passedOn) implements ClientNotice {}

    /** The end of the time that is running was moved. */
    record Extended(Instant closes) implements ClientNotice {}

    /** The agreed time began late, or could not be held, because of us. */
    record Disturbed(Instant planned, boolean missedAll) implements ClientNotice {}

    /** The clocks change: their local time of the next sessions. */
    record ClocksChange(Instant first) implements ClientNotice {}

    /** One receipt for each exchange of letters. */
    record Receipt(Instant arrived, Instant replyBy, boolean belongsToNext) implements ClientNotice {}

    /** The answer is late; a new date is set. */
    record Delayed(Instant replyBy) implements ClientNotice {}

    /** Mail for the thread came from a mailbox that is not theirs; to the enrolled mailbox only. */
    record OtherMailbox(Instant arrived) implements ClientNotice {}

    /** An invitation or its update. */
    record Invitation(Series series, List<Instant> upcoming) implements ClientNotice {}

    /**
     * An invitation is taken back: all of it or one instance.
     *
     * @param sequence of the cancellation: above that of all that the client was sent (RFC 5546 section 3.2.5)
     */
    record Cancellation(Series series, Optional<WindowKey> instance, int sequence, Instant opensAt)
            implements ClientNotice {}
}
