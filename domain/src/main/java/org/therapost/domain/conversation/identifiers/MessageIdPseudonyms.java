package org.therapost.domain.conversation.identifiers;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.conversation.incoming.AuthenticSender;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;

/**
 * By what it is remembered that a message identifier belongs to a thread: a keyed pseudonym, of 128 bits, that is bound to the
 * thread. So it tells nothing without the server key, and nothing about another thread. Identifiers that the client knows are
 * marked otherwise than those that only the record and the therapist's program know.
 */
public final class MessageIdPseudonyms {

    private final ServerKey serverKey;

    public MessageIdPseudonyms(ServerKey serverKey) {
        this.serverKey = serverKey;
    }

    /** What arrived mail shows that its author knows. */
    public Set<UUID> of(ArrivedMail mail, AuthenticSender sender, FilingPlace filingPlace) {
        Set<UUID> marks = new TreeSet<>();
        mail.messageId().flatMap(id -> mark(sender, filingPlace, id)).ifPresent(marks::add);
        mail.answers().stream()
                .findFirst()
                .flatMap(id -> mark(sender, filingPlace, id))
                .ifPresent(marks::add);
        return marks;
    }

    /** Of a message in the record of a thread under an identifier that its client does not know. */
    public Set<UUID> ofRecord(ClientThread thread, String id) {
        return Set.of(inRecord(thread.id(), id));
    }

    private Optional<UUID> mark(AuthenticSender sender, FilingPlace filingPlace, String id) {
        if (filingPlace instanceof FilingPlace.FromClient from) {
            return Optional.of(inThread(from.thread().id(), id));
        }
        return filingPlace instanceof FilingPlace.Enquiry enquiry
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
            for (EmailAddress mailbox : thread.client().mailboxes().all()) {
                asked.put(inEnquiry(thread.therapist(), mailbox, id), id);
            }
        }
        return asked;
    }

    /**
     * By which marks identifiers name messages of threads.
     *
     * @return the identifier of each mark, and the thread
     */
    public Map<UUID, Held> held(Collection<ClientThread> among, Collection<String> ids) {
        Map<UUID, Held> held = new HashMap<>();
        for (ClientThread thread : among) {
            asked(thread, ids).forEach((mark, id) -> held.put(mark, new Held(id, thread.id())));
            ids.forEach(id -> held.put(inRecord(thread.id(), id), new Held(id, thread.id())));
        }
        return held;
    }

    /** An identifier in a thread. */
    public record Held(String id, ThreadId thread) {

        /** The threads of each identifier. */
        public static Map<String, Set<ThreadId>> byId(Collection<Held> found) {
            Map<String, Set<ThreadId>> threads = new HashMap<>();
            found.forEach(one ->
                    threads.computeIfAbsent(one.id(), id -> new HashSet<>()).add(one.thread()));
            return threads;
        }
    }

    private UUID inRecord(ThreadId thread, String id) {
        return mark("record " + thread.value() + " " + id);
    }

    private UUID inThread(ThreadId thread, String id) {
        return mark("thread " + thread.value() + " " + id);
    }

    private UUID inEnquiry(Therapist therapist, EmailAddress author, String id) {
        return mark("enquiry " + therapist.id().value() + " " + author.canonical() + " " + id);
    }

    private UUID mark(String text) {
        ByteBuffer octets = ByteBuffer.wrap(serverKey.pseudonym(text, SealingPurpose.MESSAGE_ID_KNOWN));
        return new UUID(octets.getLong(), octets.getLong());
    }
}
