package org.therapost.storage.james.mailbox;

import java.util.UUID;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.UidValidity;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.generated.tables.records.MailboxRecord;
import org.therapost.storage.james.rows.UuidMailboxId;

/** Rows of folders in James's terms. */
final class FolderNames {

    private final ServerKey key;

    FolderNames(ServerKey key) {
        this.key = key;
    }

    Mailbox open(MailboxRecord row) throws MailboxException {
        Mailbox mailbox = new Mailbox(
                new MailboxPath(
                        row.getNamespace(), Username.of(row.getUsername()), name(row.getNameSealed(), row.getId())),
                UidValidity.of(row.getUidValidity()),
                new UuidMailboxId(row.getId()));
        mailbox.setACL(MailboxAcls.read(row.getAcl()));
        return mailbox;
    }

    private String name(byte[] sealed, UUID id) throws MailboxException {
        try {
            return SealedColumns.FOLDER_NAME.openText(key, sealed, id);
        } catch (SealedException other) {
            throw new MailboxException("the name of folder " + id + " was not sealed with this server key", other);
        }
    }
}
