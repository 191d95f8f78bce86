package org.therapost.openpgp;

import java.time.Clock;
import java.util.Optional;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.openpgp.certificates.Certificates;
import org.therapost.openpgp.certificates.ParsedCertificate;
import org.therapost.openpgp.packets.Armor;
import org.therapost.openpgp.packets.ContentSignature;
import org.therapost.openpgp.packets.DataPacket;
import org.therapost.openpgp.packets.EncryptedMessage;
import org.therapost.openpgp.packets.EncryptionKey;
import org.therapost.openpgp.packets.KeyPackets;
import org.therapost.openpgp.packets.OctetStrings;
import org.therapost.openpgp.packets.SeipdV2Encryption;
import org.therapost.openpgp.packets.SessionKey;
import org.therapost.openpgp.reading.PgpMime;

/** Seals with Bouncy Castle's OpenPGP. Used by many threads at once. */
public final class BouncyCastleSealer implements Sealer {

    private static final byte[] NOTHING = new byte[0];

    private final Clock clock;
    private final Certificates certificates;

    /** The clock dates signatures, and decides which subkeys have expired. */
    public BouncyCastleSealer(Clock clock) {
        this.clock = clock;
        this.certificates = new Certificates(clock);
    }

    @Override
    public SealedMessage seal(MailContent content, Readers readers) {
        SessionKey key = SessionKey.fresh();
        byte[][] keyPackets = readers.certificates().stream()
                .map(reader -> KeyPackets.seal(key, certificates.get(reader).sealingKey()))
                .toArray(byte[][]::new);
        byte[] dataPacket = DataPacket.seal(key, content.octets(), content.size());
        if (readers.envelope().isEmpty()) {
            byte[] headerPacket = DataPacket.seal(key, content.octets(), content.headerSize());
            return new SealedMessage(
                    OctetStrings.join(keyPackets),
                    headerPacket,
                    dataPacket,
                    NOTHING,
                    content.headerSize(),
                    content.size());
        }
        byte[] envelope = PgpMime.envelope(readers.envelope().get());
        int served = keyPackets[keyPackets.length - 1].length + dataPacket.length;
        return new SealedMessage(
                OctetStrings.join(keyPackets),
                NOTHING,
                dataPacket,
                envelope,
                PgpMime.headerSize(envelope),
                PgpMime.size(envelope, served));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if {@link #canEncryptTo} said no, or was not asked within the last minute and would
     */
    @Override
    public byte[] encryptForCarriage(byte[] entity, Certificate recipient, Optional<SigningSubkey> signing) {
        ParsedCertificate certificate = certificates.get(recipient);
        EncryptionKey reader = certificate
                .carriageKey()
                .orElseThrow(() -> new IllegalStateException("the certificate has no usable encryption subkey"));
        PGPPublicKey primary = certificate.certificate().getPrimaryKey().getPGPPublicKey();
        ContentSignature signature = signing.map(
                        subkey -> ContentSignature.of(entity, subkey.secret(), primary, clock.instant()))
                .orElse(ContentSignature.NONE);
        if (reader.version() >= PublicKeyPacket.VERSION_6) {
            return Armor.message(SeipdV2Encryption.encrypt(entity, reader, signature));
        }
        SessionKey key = SessionKey.fresh();
        return Armor.message(OctetStrings.join(
                KeyPackets.seal(key, reader), DataPacket.seal(key, entity, entity.length, signature)));
    }

    @Override
    public boolean canEncryptTo(Certificate recipient) {
        try {
            return certificates.get(recipient).encryptionKey().isPresent();
        } catch (RuntimeException unreadable) {
            // Bouncy Castle's ways of saying that a certificate is of no use are many; whatever it is, mail has to
            // wait.
            return false;
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>A hidden recipient (wildcard key ID) counts as somebody else: without the secret key nobody can tell.
     */
    @Override
    public boolean isEncryptedTo(byte[] openPgpMessage, Certificate certificate) {
        return EncryptedMessage.recipients(openPgpMessage).stream()
                .anyMatch(certificates.get(certificate).encryptionKeyIds()::contains);
    }
}
