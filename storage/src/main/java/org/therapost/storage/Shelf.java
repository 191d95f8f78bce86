package org.therapost.storage;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Place;
import org.therapost.domain.people.EmailAddress;

/** Where a filing appears: whose folders, which of them, and as what. */
record Shelf(String direction, @Nullable ClientThread thread, EmailAddress owner, List<String> named, short flags) {

    private static final short RECENT = 1 << 4;
    private static final short SEEN = 1 << 5;

    /** The flags with which a message of this direction appeared first. */
    static short flagsWhenFiled(String direction) {
        return direction.equals("from-therapist") ? SEEN : RECENT;
    }

    static Shelf of(Place place) {
        if (place instanceof Place.FromClient from) {
            return new Shelf("from-client", from.thread(), owner(from.thread()), List.of(Folders.INBOX), RECENT);
        }
        if (place instanceof Place.FromTherapist from) {
            return new Shelf("from-therapist", from.thread(), owner(from.thread()), List.of(), SEEN);
        }
        if (place instanceof Place.Enquiry enquiry) {
            return new Shelf("enquiry", null, enquiry.therapist().address(), List.of(Folders.ENQUIRIES), RECENT);
        }
        return new Shelf("notice", null, ((Place.Notice) place).therapist().address(), List.of(Folders.INBOX), RECENT);
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
