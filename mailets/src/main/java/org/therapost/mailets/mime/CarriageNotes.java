package org.therapost.mailets.mime;

import org.therapost.domain.carriage.CarriageNote;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;

/** Writes what a therapist is told about one of their answers. */
public interface CarriageNotes {

    MailContent write(Therapist therapist, CarriageNote carriageNote);
}
