package org.therapost.domain.record;

import java.util.List;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.Therapist;

/** Rows beside the messages that are not as this server wrote them. Nothing is done with them; their therapists are told. */
public interface ChangedRows {

    /**
     * A thread with such rows.
     *
     * @param address of the thread; who the client is may be just what was changed
     */
    record Changed(ThreadId thread, EmailAddress address, Therapist therapist) {}

    /** Threads with such rows of which no therapist was told yet, at most a hundred. */
    List<Changed> untold() throws CannotTellException;

    /** Remembers that the therapist was told of all such rows of a thread. */
    void told(ThreadId thread) throws CannotTellException;
}
