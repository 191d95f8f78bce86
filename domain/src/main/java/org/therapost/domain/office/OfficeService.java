package org.therapost.domain.office;

import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.people.OwnAddresses;

/** The office as the journeys of mail use it. */
public record OfficeService(HandleOfficeMail desk, NoteFiling notes, OwnAddresses own) {

    /** The note that asks a therapist whether an address is theirs, to be filed with the event that names it. */
    public Filing ask(ClientThread thread, EmailAddress organizer) throws CannotTellException {
        own.ask(thread.therapist().id(), organizer);
        return notes.of(thread, new OfficeNote.IsItYours(organizer));
    }
}
