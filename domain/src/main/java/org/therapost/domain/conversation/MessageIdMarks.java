package org.therapost.domain.conversation;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.SpoolKey;

/**
 * By what it is remembered that a client knows a message identifier: a keyed pseudonym, of 128 bits, that is bound to the
 * thread. So it tells nothing without the spool key, and nothing about another thread.
 */
public final class MessageIdMarks {

    private static final String PURPOSE = "message-id.known";

    private final SpoolKey spoolKey;

    public MessageIdMarks(SpoolKey spoolKey) {
        this.spoolKey = spoolKey;
    }

    /** What arrived mail shows that its author knows. */
    public Set<UUID> of(ArrivedMail mail, AuthenticSender sender, Place place) {
        Set<UUID> marks = new TreeSet<>();
        mail.messageId().ifPresent(id -> mark(sender, place, id).ifPresent(marks::add));
        mail.answers().stream().findFirst().ifPresent(id -> mark(sender, place, id)
                .ifPresent(marks::add));
        return marks;
    }

    private Optional<UUID> mark(AuthenticSender sender, Place place, String id) {
        if (place instanceof Place.FromClient from) {
            return Optional.of(inThread(from.thread().id(), id));
        }
        return place instanceof Place.Enquiry enquiry
                ? Optional.of(inEnquiry(enquiry.therapist(), sender.address(), id))
                : Optional.empty();
    }

    /** What the client knows once a parcel has left. */
    public Set<UUID> of(Parcel parcel) {
        return parcel.carriage() == Carriage.WAIT
                ? Set.of()
                : parcel.messageId()
                        .map(id -> Set.of(inThread(parcel.thread(), id)))
                        .orElse(Set.of());
    }

    /**
     * By which marks identifiers are known to the client of a thread: as those of the thread, or of what the client wrote to
     * the therapist before there was one.
     *
     * @return the identifier of each mark
     */
    public Map<UUID, String> asked(ClientThread thread, Collection<String> ids) {
        Map<UUID, String> asked = new HashMap<>();
        for (String id : ids) {
            asked.put(inThread(thread.id(), id), id);
            asked.put(inEnquiry(thread.therapist(), thread.client().address(), id), id);
        }
        return asked;
    }

    private UUID inThread(ThreadId thread, String id) {
        return mark("thread " + thread.value() + " " + id);
    }

    private UUID inEnquiry(Therapist therapist, EmailAddress author, String id) {
        return mark("enquiry " + therapist.id().value() + " " + author.canonical() + " " + id);
    }

    private UUID mark(String text) {
        ByteBuffer octets = ByteBuffer.wrap(spoolKey.pseudonym(text, PURPOSE));
        return new UUID(octets.getLong(), octets.getLong());
    }
}
