package org.therapost.domain.conversation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.SpoolKey;

/**
 * Names the messages of the record.
 *
 * <p>A sender that did not hear our 250, because a connection broke or a server died, hands the same mail over again
 * (RFC 1047). Mail that has a {@code Message-ID} therefore gets a name that follows from where it goes and from every octet
 * of it: the same mail has the same name, and the record takes a name once. The name follows by a keyed function, so that
 * it tells nothing to anyone without the spool key.
 */
public final class MessageIds {

    private static final String CONTENT = "message.repeated.content";
    private static final String NAME = "message.repeated.name";

    private final SpoolKey spoolKey;
    private final MessageIdMarks marks;

    public MessageIds(SpoolKey spoolKey) {
        this.spoolKey = spoolKey;
        this.marks = new MessageIdMarks(spoolKey);
    }

    /**
     * Names one mail at each place where it is to be filed.
     *
     * @param messageId its {@code Message-ID}; without one nobody can tell the same mail from an equal one, and its names
     *     are random
     * @param places all its places: the same mail for others is another one
     * @return one for each place, in order
     */
    public List<MessageId> of(Optional<String> messageId, MailContent content, List<Place> places) {
        if (messageId.isEmpty()) {
            return places.stream()
                    .map(place -> new MessageId(UUID.randomUUID()))
                    .toList();
        }
        String mail = HexFormat.of().formatHex(spoolKey.pseudonym(content.octets(), CONTENT))
                + places.stream().map(MessageIds::key).sorted().collect(Collectors.joining(" ", " ", " "));
        List<MessageId> ids = new ArrayList<>();
        for (Place place : places) {
            ids.add(new MessageId(uuid(spoolKey.pseudonym(mail + key(place), NAME))));
        }
        return ids;
    }

    /** Of the identifiers by which the messages of threads are known. */
    public MessageIdMarks marks() {
        return marks;
    }

    /** Names a note to a therapist that there is once. */
    public MessageId ofNote(Therapist therapist, String what) {
        return new MessageId(uuid(spoolKey.pseudonym("note:" + therapist.id().value() + " " + what, NAME)));
    }

    private static String key(Place place) {
        if (place instanceof Place.FromClient from) {
            return "from-client:" + from.thread().id().value();
        }
        if (place instanceof Place.FromTherapist from) {
            return "from-therapist:" + from.thread().id().value();
        }
        if (place instanceof Place.Enquiry enquiry) {
            return "enquiry:" + enquiry.therapist().id().value();
        }
        return "notice:" + ((Place.Notice) place).therapist().id().value();
    }

    /** Version 8, for values of one's own making (RFC 9562 section 5.8). */
    private static UUID uuid(byte[] pseudonym) {
        ByteBuffer octets = ByteBuffer.wrap(pseudonym);
        long high = (octets.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
        long low = (octets.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
