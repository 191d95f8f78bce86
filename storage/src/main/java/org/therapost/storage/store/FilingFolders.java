package org.therapost.storage.store;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.FilingPlace;

/** Where a filing appears: whose folders, which of them, and as what. */
public record FilingFolders(
        String direction,
        @Nullable ClientThread thread,
        EmailAddress owner,
        List<String> named,
        Set<FolderFlag> flags) {

    private static final Set<FolderFlag> RECENT = Set.of(FolderFlag.RECENT);
    private static final Set<FolderFlag> SEEN = Set.of(FolderFlag.SEEN);

    /** The flags with which a message of this direction appeared first. */
    public static Set<FolderFlag> flagsWhenFiled(String direction) {
        return direction.equals("from-therapist") ? SEEN : RECENT;
    }

    static FilingFolders of(FilingPlace filingPlace) {
        if (filingPlace instanceof FilingPlace.FromClient from) {
            return new FilingFolders(
                    "from-client", from.thread(), owner(from.thread()), List.of(Folders.INBOX), RECENT);
        }
        if (filingPlace instanceof FilingPlace.FromTherapist from) {
            return new FilingFolders("from-therapist", from.thread(), owner(from.thread()), List.of(), SEEN);
        }
        if (filingPlace instanceof FilingPlace.Enquiry enquiry) {
            return new FilingFolders(
                    "enquiry", null, enquiry.therapist().address(), List.of(Folders.ENQUIRIES), RECENT);
        }
        return new FilingFolders(
                "notice",
                null,
                ((FilingPlace.Notice) filingPlace).therapist().address(),
                List.of(Folders.INBOX),
                RECENT);
    }

    private static EmailAddress owner(ClientThread thread) {
        return thread.therapist().address();
    }

    @Nullable
    UUID threadId() {
        return thread == null ? null : thread.id().value();
    }

    int folders() {
        return named.size() + (thread == null ? 0 : 1);
    }
}
