package org.therapost.openpgp;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPException;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.Parsed;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.OpenedMessageCache;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.keys.CertificateValidity;
import org.therapost.domain.sealing.keys.KeyShares;
import org.therapost.domain.sealing.keys.NewKey;
import org.therapost.domain.sealing.keys.NewThreadKey;
import org.therapost.domain.sealing.keys.OpenPgpKeys;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.SealedKey;
import org.therapost.domain.sealing.keys.SecretKey;
import org.therapost.openpgp.certificates.Certificates;
import org.therapost.openpgp.keys.Curve25519Key;
import org.therapost.openpgp.packets.Armor;
import org.therapost.openpgp.packets.DataPacket;
import org.therapost.openpgp.packets.EncryptionKey;
import org.therapost.openpgp.packets.KeyPackets;
import org.therapost.openpgp.packets.OctetStrings;
import org.therapost.openpgp.packets.SessionKey;
import org.therapost.openpgp.reading.DecryptingView;
import org.therapost.openpgp.reading.PgpMimeView;

/** OpenPGP keys through Bouncy Castle. Used by many threads at once. */
public final class BouncyCastleKeys implements OpenPgpKeys {

    private final Clock clock;
    private final Certificates certificates;
    private final OpenedMessageCache memory;

    /** The clock dates new keys and decides which subkeys have expired. Messages that were opened are not kept. */
    public BouncyCastleKeys(Clock clock) {
        this(clock, new OpenedMessageCache(0));
    }

    /** Messages that were opened are kept in this memory as long as the view that opened them. */
    public BouncyCastleKeys(Clock clock, OpenedMessageCache memory) {
        this.clock = clock;
        this.memory = memory;
        this.certificates = new Certificates(clock);
    }

    @Override
    public NewKey generate(String userId) {
        try {
            return Curve25519Key.generate(userId, clock.instant());
        } catch (PGPException | IOException broken) {
            throw new IllegalStateException("Curve25519 is part of Bouncy Castle", broken);
        }
    }

    @Override
    public NewThreadKey generateForThread(EmailAddress address) {
        try {
            return Curve25519Key.generateForThread(address.value(), clock.instant());
        } catch (PGPException | IOException broken) {
            throw new IllegalStateException("Curve25519 is part of Bouncy Castle", broken);
        }
    }

    @Override
    public Parsed<Certificate> read(byte[] encoded) {
        return certificates.accept(encoded);
    }

    @Override
    public Parsed<Certificate> readUnjudged(byte[] encoded) {
        return certificates.acceptUnjudged(encoded);
    }

    @Override
    public Certificate merged(Certificate onFile, Certificate brought) {
        return certificates.merged(onFile, brought);
    }

    @Override
    public List<String> mailboxes(Certificate certificate) {
        return certificates.get(certificate).mailboxes();
    }

    @Override
    public Optional<CertificateValidity> validity(Certificate certificate, Duration within) {
        Instant now = clock.instant();
        return certificates
                .get(certificate)
                .end(now, within)
                .map(until -> new CertificateValidity(until, Duration.between(now, until)));
    }

    @Override
    public String fingerprint(Certificate certificate) {
        return HexFormat.of()
                .formatHex(certificates.get(certificate).certificate().getFingerprint());
    }

    @Override
    public long encryptionKeyId(Certificate certificate) {
        return certificates.get(certificate).sealingKey().keyId();
    }

    @Override
    public String armor(Certificate certificate) {
        try {
            return Armor.key(certificate.encoded());
        } catch (IOException inMemory) {
            throw new IllegalArgumentException("not a certificate", inMemory);
        }
    }

    @Override
    public String armor(SecretKey secret, Password passphrase) {
        try {
            return Armor.key(PassphraseProtectedKey.protect(secret, passphrase));
        } catch (PGPException | IOException damaged) {
            throw new IllegalArgumentException("not a secret key", damaged);
        }
    }

    @Override
    public SealedKey share(SecretKey threadKey, Certificate reader) {
        EncryptionKey readerKey = certificates.get(reader).sealingKey();
        SessionKey key = SessionKey.fresh();
        byte[] secret = threadKey.expose();
        return new SealedKey(
                readerKey.keyId(),
                OctetStrings.join(KeyPackets.seal(key, readerKey), DataPacket.seal(key, secret, secret.length)));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the octets are not a secret key without passphrase
     */
    @Override
    public ReaderView view(SecretKey therapistKey, KeyShares shares) {
        try {
            return new DecryptingView(therapistKey, shares, memory.desk());
        } catch (SealedException damaged) {
            therapistKey.close();
            throw new IllegalArgumentException("not a secret key without passphrase", damaged);
        }
    }

    @Override
    public ReaderView closedView() {
        return new PgpMimeView();
    }
}
