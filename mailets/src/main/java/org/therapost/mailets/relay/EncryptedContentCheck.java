package org.therapost.mailets.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.carriage.Relay;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.mime.EncryptedMail;
import org.therapost.mailets.mime.MailReader;

/**
 * What goes by {@code openpgp} may go to any server and without TLS, so it has to be encrypted (RFC 3156 section 4). Which carriage a
 * parcel has stands in clear in its row. Whoever changes that does not make a clear text leave.
 */
public final class EncryptedContentCheck implements Relay {

    /** RFC 3463 section 3.8: the security that was asked for cannot be had. */
    static final Attempt NOT_ENCRYPTED = new Attempt.Deferred("4.7.0");

    private static final Logger LOG = LoggerFactory.getLogger(EncryptedContentCheck.class);
    private static final String ARMOR = "-----BEGIN PGP MESSAGE-----";

    private final MailReader reader = new MailReader();
    private final Relay relay;

    /** @param relay gets what may leave */
    public EncryptedContentCheck(Relay relay) {
        this.relay = relay;
    }

    @Override
    public Attempt deliver(Parcel parcel, LastLook lastLook) {
        if (parcel.carriage() == Carriage.OPENPGP && !isEncrypted(parcel.content())) {
            LOG.error(
                    "parcel {} is to leave by openpgp and is not encrypted; somebody changed its row",
                    parcel.id().value());
            return NOT_ENCRYPTED;
        }
        return relay.deliver(parcel, lastLook);
    }

    private boolean isEncrypted(MailContent content) {
        try {
            return EncryptedMail.message(reader.header(content), content)
                    .filter(EncryptedContentCheck::isArmored)
                    .isPresent();
        } catch (RefusedException unreadable) {
            return false;
        }
    }

    private static boolean isArmored(byte[] message) {
        return new String(message, 0, Math.min(message.length, 200), US_ASCII)
                .strip()
                .startsWith(ARMOR);
    }
}
