package org.therapost.domain.journeys;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.access.WaysIn;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.office.NoteFiling;
import org.therapost.domain.office.OfficeNote;

/** After an update: each therapist whose password operators may know gets one note that asks to change it. */
public final class TellKnownPasswords {

    private final WaysIn waysIn;
    private final Directory directory;
    private final NoteFiling noteFiling;

    public TellKnownPasswords(WaysIn waysIn, Directory directory, NoteFiling noteFiling) {
        this.waysIn = waysIn;
        this.directory = directory;
        this.noteFiling = noteFiling;
    }

    /**
     * Tells all who were not told; once, however many processes do this.
     *
     * @return whom it could not tell; it tries again when it is called again
     * @throws CannotTellException if the database did not say whom to tell
     */
    public List<EmailAddress> tell() throws CannotTellException {
        List<EmailAddress> failed = new ArrayList<>();
        for (EmailAddress login : waysIn.knownToOperators()) {
            try {
                noteFiling.once(directory.therapist(login), Optional.empty(), new OfficeNote.PasswordKnown());
            } catch (RefusedException | CannotTellException | RuntimeException notThisOne) {
                // One therapist's note that cannot be written must not keep all others from their mail.
                failed.add(login);
            }
        }
        return failed;
    }
}
