package org.therapost.storage.james.mailbox;

import java.util.List;
import java.util.UUID;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.UidValidity;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SpoolKey;
import org.therapost.storage.Folders;
import org.therapost.storage.generated.tables.records.MailboxRecord;

/** Folder names as they rest: sealed for reading, and a keyed pseudonym for equality. */
final class FolderNames {

    private static final String PURPOSE = "mailbox.name";

    private final SpoolKey key;
    private final Folders folders;

    FolderNames(SpoolKey key) {
        this.key = key;
        this.folders = new Folders(key);
    }

    byte[] seal(String name) {
        return key.seal(name, PURPOSE);
    }

    byte[] mac(String name) {
        return folders.mac(name);
    }

    /** Under which it is found. */
    List<byte[]> macs(String name) {
        return folders.macs(name);
    }

    /** A row in James's terms. */
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
            return key.openText(sealed, PURPOSE);
        } catch (SealedException other) {
            throw new MailboxException("the name of folder " + id + " was not sealed with this server key", other);
        }
    }
}
