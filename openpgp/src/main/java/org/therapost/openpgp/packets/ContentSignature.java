package org.therapost.openpgp.packets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.EdSecretBCPGKey;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.SecretSubkeyPacket;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;

/**
 * A signature over the content of an encrypted message (RFC 9580 section 10.3): Ed25519 over SHA-512. It names the recipient's
 * primary key (section 5.2.3.36), so that nobody can encrypt the signed content anew to somebody else.
 *
 * @param before the one-pass signature packet, which stands before the content
 * @param after the signature packet
 */
public record ContentSignature(byte[] before, byte[] after) {

    private static final byte[] NOTHING = new byte[0];

    /** What stands around content that nobody signs. */
    public static final ContentSignature NONE = new ContentSignature(NOTHING, NOTHING);

    /**
     * Signs content.
     *
     * @param secretSubkey a secret subkey packet of Ed25519 without passphrase
     * @param recipient the recipient's primary key
     */
    public static ContentSignature of(byte[] content, byte[] secretSubkey, PGPPublicKey recipient, Instant now) {
        try {
            PGPPrivateKey secret = secret(secretSubkey);
            PGPPublicKey signer = new PGPPublicKey(secret.getPublicKeyPacket(), new BcKeyFingerprintCalculator());
            PGPSignatureGenerator generator = new PGPSignatureGenerator(
                    new BcPGPContentSignerBuilder(signer.getAlgorithm(), HashAlgorithmTags.SHA512), signer);
            generator.init(PGPSignature.BINARY_DOCUMENT, secret);
            PGPSignatureSubpacketGenerator subpackets = new PGPSignatureSubpacketGenerator();
            subpackets.setSignatureCreationTime(true, Date.from(now));
            subpackets.setIssuerFingerprint(false, signer);
            subpackets.setIssuerKeyID(false, signer.getKeyID());
            subpackets.addIntendedRecipientFingerprint(false, recipient);
            generator.setHashedSubpackets(subpackets.generate());
            byte[] before = generator.generateOnePassVersion(false).getEncoded();
            generator.update(content);
            return new ContentSignature(before, generator.generate().getEncoded());
        } catch (PGPException | IOException damaged) {
            throw new IllegalStateException("the thread's signing subkey does not sign", damaged);
        }
    }

    private static PGPPrivateKey secret(byte[] secretSubkey) throws IOException, PGPException {
        if (!(new BCPGInputStream(new ByteArrayInputStream(secretSubkey)).readPacket()
                instanceof SecretSubkeyPacket packet)) {
            throw new IOException("not a secret subkey");
        }
        EdSecretBCPGKey secret =
                new EdSecretBCPGKey(new BCPGInputStream(new ByteArrayInputStream(packet.getSecretKeyData())));
        PGPPublicKey key = new PGPPublicKey(packet.getPublicKeyPacket(), new BcKeyFingerprintCalculator());
        return new PGPPrivateKey(key.getKeyID(), packet.getPublicKeyPacket(), secret);
    }

    @Override
    public String toString() {
        return "ContentSignature";
    }
}
