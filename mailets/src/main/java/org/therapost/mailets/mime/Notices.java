package org.therapost.mailets.mime;

import org.therapost.domain.conversation.Notice;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;

/** Writes what a therapist is told about one of their answers. */
public interface Notices {

    MailContent write(Therapist therapist, Notice notice);
}
