package org.therapost.domain.conversation.identifiers;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;

/**
 * Makes the ids of messages in the record.
 *
 * <p>A sender that did not get our 250, because a connection broke or a server died, sends the same mail
 * again (RFC 1047). So the id of a mail that has a {@code Message-ID} is computed from its recipients and
 * from all of its octets. The same mail has the same id, and the record accepts an id once. The function is
 * keyed, so the id tells nothing to anyone without the server key.
 */
public final class StableMessageIds {

    private final ServerKey serverKey;
    private final MessageIdPseudonyms marks;

    public StableMessageIds(ServerKey serverKey) {
        this.serverKey = serverKey;
        this.marks = new MessageIdPseudonyms(serverKey);
    }

    /**
     * Makes the ids of one mail, one for each place where it is to be filed.
     *
     * @param messageId its {@code Message-ID}; without one the same mail cannot be told from an equal one,
     *     and the ids are random
     * @param places all its places: the same mail for others is another one
     * @return one for each place, in order
     */
    public List<MessageId> of(Optional<String> messageId, MailContent content, List<FilingPlace> places) {
        if (messageId.isEmpty()) {
            return places.stream()
                    .map(filingPlace -> new MessageId(UUID.randomUUID()))
                    .toList();
        }
        String mail = HexFormat.of()
                        .formatHex(serverKey.pseudonym(content.octets(), SealingPurpose.MESSAGE_REPEATED_CONTENT))
                + places.stream().map(StableMessageIds::key).sorted().collect(Collectors.joining(" ", " ", " "));
        List<MessageId> ids = new ArrayList<>();
        for (FilingPlace filingPlace : places) {
            ids.add(new MessageId(
                    uuid(serverKey.pseudonym(mail + key(filingPlace), SealingPurpose.MESSAGE_REPEATED_NAME))));
        }
        return ids;
    }

    /** Of the identifiers by which the messages of threads are known. */
    public MessageIdPseudonyms marks() {
        return marks;
    }

    /** The id of a note to a therapist that is filed once only. */
    public MessageId ofNote(Therapist therapist, String what) {
        return new MessageId(uuid(serverKey.pseudonym(
                "note:" + therapist.id().value() + " " + what, SealingPurpose.MESSAGE_REPEATED_NAME)));
    }

    private static String key(FilingPlace filingPlace) {
        if (filingPlace instanceof FilingPlace.FromClient from) {
            return "from-client:" + from.thread().id().value();
        }
        if (filingPlace instanceof FilingPlace.FromTherapist from) {
            return "from-therapist:" + from.thread().id().value();
        }
        if (filingPlace instanceof FilingPlace.Enquiry enquiry) {
            return "enquiry:" + enquiry.therapist().id().value();
        }
        return "notice:" + ((FilingPlace.Notice) filingPlace).therapist().id().value();
    }

    /** Version 8, for values of one's own making (RFC 9562 section 5.8). */
    private static UUID uuid(byte[] pseudonym) {
        ByteBuffer octets = ByteBuffer.wrap(pseudonym);
        long high = (octets.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
        long low = (octets.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
