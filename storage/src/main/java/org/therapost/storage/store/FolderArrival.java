package org.therapost.storage.store;

import java.time.Instant;
import java.util.UUID;

/**
 * A message that appeared in a folder, as far as the folder's watchers need to know.
 *
 * @param flags the bits of {@code mailbox_message.flags}
 * @param size octets as IMAP serves it
 */
public record FolderArrival(
        UUID mailboxId,
        String namespace,
        String username,
        String mailboxName,
        long uidValidity,
        long uid,
        long modseq,
        int flags,
        long size,
        Instant internalDate,
        UUID messageId) {

    @Override
    public String toString() {
        return "Arrival[" + mailboxId + ", uid " + uid + "]";
    }
}
