package org.therapost.domain.sessions;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.people.OwnAddresses;

/**
 * Whose an event is that a therapist submits for a thread. The submission proves who sends it, not whose it is: calendars
 * organize under addresses of their own, and people forward invitations of others.
 */
public final class Organizers {

    private final Directory directory;
    private final OwnAddresses own;

    public Organizers(Directory directory, OwnAddresses own) {
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
     * Whose an event is that comes by authenticated submission.
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
        // Somebody else's invitation that she passes on invites her; her own calendar invites the thread.
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
