package org.therapost.storage.store;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A message that appeared in a folder, as far as the folder's watchers need to know.
 *
 * @param size octets as IMAP serves it
 */
public record FolderArrival(Folder folder, Entry entry, UUID messageId, Instant internalDate, long size) {

    /** A folder as James names it. */
    public record Folder(UUID id, String namespace, String username, String name, long uidValidity) {

        @Override
        public String toString() {
            return "Folder[" + id + "]";
        }
    }

    /** The message's entry in it. */
    public record Entry(long uid, long modseq, Set<FolderFlag> flags) {

        public Entry {
            flags = Set.copyOf(flags);
        }
    }

    public UUID mailboxId() {
        return folder.id();
    }

    public String mailboxName() {
        return folder.name();
    }

    public long uid() {
        return entry.uid();
    }

    @Override
    public String toString() {
        return "Arrival[" + mailboxId() + ", uid " + uid() + "]";
    }
}
