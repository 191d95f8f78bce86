package org.therapost.domain.carriage;

import java.util.Locale;
import java.util.regex.Pattern;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;

/**
 * The envelope sender that each parcel has for itself, {@code b-<token>@practice}: only who was handed the parcel knows it,
 * so that what comes there is about that parcel. The token follows from the parcel's id by a keyed function; it is of letters
 * and digits without regard to case, since some servers fold it.
 */
public final class BounceAddresses {

    private static final String PREFIX = "b-";
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int BITS = 5;
    private static final int LENGTH = 20;
    private static final Pattern LOCAL_PART = Pattern.compile(PREFIX + "[" + DIGITS + "]{" + LENGTH + "}");

    private final ServerKey serverKey;

    public BounceAddresses(ServerKey serverKey) {
        this.serverKey = serverKey;
    }

    /** The envelope sender of a parcel; always the same one. */
    public EmailAddress of(ParcelId parcel, String practiceDomain) {
        byte[] pseudonym = serverKey.pseudonym(parcel.value().toString(), SealingPurpose.BOUNCE_TOKEN);
        StringBuilder token = new StringBuilder(PREFIX);
        for (int i = 0; i < LENGTH; i++) {
            // Each digit from an octet of its own: 5 bits of it, 100 in all.
            token.append(DIGITS.charAt(Byte.toUnsignedInt(pseudonym[i]) >> (Byte.SIZE - BITS)));
        }
        return new EmailAddress(token.toString(), practiceDomain);
    }

    /** Whether an address has the form of such a one. */
    public boolean isOne(EmailAddress address) {
        return LOCAL_PART.matcher(address.localPart().toLowerCase(Locale.ROOT)).matches();
    }

    /** By which an address is found again, without being written down. */
    public byte[] pseudonym(EmailAddress address) {
        return serverKey.pseudonym(address.canonical(), SealingPurpose.BOUNCE_ADDRESS);
    }

    /** By which a {@code Message-ID} is found again, without being written down. */
    public byte[] pseudonym(String messageId) {
        return serverKey.pseudonym(messageId.strip(), SealingPurpose.BOUNCE_MESSAGE_ID);
    }
}
