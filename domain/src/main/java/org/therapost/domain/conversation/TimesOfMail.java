package org.therapost.domain.conversation;

import java.util.List;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;

/**
 * What the agreed times of its threads make of one mail. The instant that decides is the database's, so this is asked inside the
 * step that files the mail, and the decision falls in its transaction.
 */
public interface TimesOfMail {

    /**
     * Files one message for all its recipients, as the agreed times of each thread want it.
     *
     * @param filings one for each recipient, sealed
     */
    List<FiledMessage> file(List<Filing> filings) throws RefusedException, CannotTellException;
}
