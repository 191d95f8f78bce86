package org.therapost.domain.access;

import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.sealing.ReaderView;

/**
 * What can only be done with a therapist's key, and is done each time that the key is opened in memory. It may be cut off at any
 * moment, and is begun anew at the next login.
 */
public interface LoginTask {

    void run(EmailAddress account, ReaderView view) throws RefusedException, CannotTellException;
}
