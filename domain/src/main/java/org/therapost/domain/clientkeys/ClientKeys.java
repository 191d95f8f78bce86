package org.therapost.domain.clientkeys;

import java.time.Instant;
import java.util.List;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.ThreadId;

/** Keeps the certificates of all clients. */
public interface ClientKeys {

    /** All that are known of a thread's client. */
    List<ClientKey> find(ThreadId thread) throws CannotTellException;

    /**
     * Makes one change in one transaction: locks the keys of the thread, asks for the change, stores the keys and files the notes.
     * On return all of it is durable, or nothing. If no key is in use any more, a consent to carriage over TLS that is recorded
     * ends in the same transaction ({@link Change#endsUse}): it was given before the key went away.
     *
     * @return what was filed, one for each note, in order; if one of them is in the record, the command that it answers was
     *     handed over again: those in the record, and nothing is changed
     */
    List<FiledMessage> change(ThreadId thread, Decision decision) throws CannotTellException;

    /** Decides on one change. It may be asked again, if the transaction has to be repeated. */
    interface Decision {

        /** @param now the database's time */
        Change decide(List<ClientKey> keys, Instant now);
    }

    /**
     * What is to be stored.
     *
     * @param keys all of the thread's; one that is not among them any more is forgotten
     * @param notes to the therapist
     */
    record Change(List<ClientKey> keys, List<Filing> notes) {

        public Change {
            keys = List.copyOf(keys);
            notes = List.copyOf(notes);
        }

        /** Whether a key was in use, and none is any more. */
        public boolean endsUse(List<ClientKey> before) {
            return ClientKeyRing.endsUse(before, keys);
        }
    }
}
