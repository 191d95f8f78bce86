package org.therapost.domain.sessions.mail;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.people.OwnAddresses;

/**
 * Decides whose event a therapist submits for a thread. The submission proves who sends the event, and not
 * who organizes it: calendars organize under addresses of their own, and people forward invitations of
 * others.
 */
public final class EventOrganizers {

    private final Directory directory;
    private final OwnAddresses own;

    public EventOrganizers(Directory directory, OwnAddresses own) {
        this.directory = directory;
        this.own = own;
    }

    /** Whose an event is. */
    public enum Standing {
        /** The therapist's. */
        HERS,
        /** Perhaps the therapist's, under an address that we do not know: it counts, and we ask. */
        UNKNOWN,
        /** Somebody else's: no session comes of it. */
        ANOTHERS
    }

    /** Whether the therapist of a thread has this address: the account's, or one that was confirmed. */
    public boolean isHers(ClientThread thread, EmailAddress address) throws CannotTellException {
        return thread.therapist().address().sameMailbox(address)
                || own.state(thread.therapist().id(), address)
                        .filter(OwnAddresses.State.CONFIRMED::equals)
                        .isPresent();
    }

    /**
     * Decides whose event comes by authenticated submission.
     *
     * @param known whether the thread has the event already
     * @param attendees whom it invites
     */
    public Standing of(ClientThread thread, EmailAddress organizer, boolean known, List<EmailAddress> attendees)
            throws CannotTellException {
        if (isHers(thread, organizer)) {
            return Standing.HERS;
        }
        if (isAnothers(thread, organizer)) {
            return Standing.ANOTHERS;
        }
        if (known) {
            return Standing.UNKNOWN;
        }
        // An invitation of somebody else, which the therapist forwards, invites the therapist. The
        // therapist's own calendar invites the thread.
        for (EmailAddress attendee : attendees) {
            if (isHers(thread, attendee)) {
                return Standing.ANOTHERS;
            }
        }
        boolean invited = attendees.stream()
                .anyMatch(attendee -> thread.address().sameMailbox(attendee)
                        || thread.client().writesAs(attendee));
        return invited ? Standing.UNKNOWN : Standing.ANOTHERS;
    }

    private boolean isAnothers(ClientThread thread, EmailAddress organizer) throws CannotTellException {
        Optional<OwnAddresses.State> state = own.state(thread.therapist().id(), organizer);
        return state.filter(OwnAddresses.State.REFUSED::equals).isPresent()
                || organizer.domain().equals(thread.address().domain())
                || directory.isOfSomebodyEnrolled(organizer);
    }
}
