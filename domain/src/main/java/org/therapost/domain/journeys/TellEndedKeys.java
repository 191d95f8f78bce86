package org.therapost.domain.journeys;

import org.therapost.domain.access.LoginTask;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.office.ClientKeyDesk;
import org.therapost.domain.sealing.ReaderView;

/** At a login: the therapist hears of clients' keys that have expired since the last one, before an answer waits for it. */
public final class TellEndedKeys implements LoginTask {

    private final Directory directory;
    private final ClientKeyDesk desk;

    public TellEndedKeys(Directory directory, ClientKeyDesk desk) {
        this.directory = directory;
        this.desk = desk;
    }

    @Override
    public void run(EmailAddress account, ReaderView view) throws RefusedException, CannotTellException {
        desk.tellEnded(directory.therapist(account));
    }
}
