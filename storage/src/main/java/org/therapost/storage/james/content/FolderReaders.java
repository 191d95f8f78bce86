package org.therapost.storage.james.content;

import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.therapost.domain.sealing.Readers;
import org.therapost.storage.james.rows.UuidMailboxId;

/** To whom something appended to a folder is sealed. */
public interface FolderReaders {

    /**
     * The readers of a folder.
     *
     * @param owner of the folder
     * @param messageId the message identifier (RFC 5322 section 3.6.4) with its angle brackets, for custody {@code own}
     * @throws MailboxException if the folder has no reader to seal to, or the database did not answer
     */
    Readers of(UuidMailboxId folder, Username owner, String messageId) throws MailboxException;
}
