package org.therapost.openpgp.reading;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.operator.PBESecretKeyDecryptor;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SymmetricKey;
import org.therapost.openpgp.packets.OctetStrings;
import org.therapost.openpgp.packets.SessionKeys;

/**
 * A secret key after it was parsed: its subkeys by key ID. All of them are kept, also expired and revoked ones, because
 * what was once sealed to them must still be opened.
 */
public final class ParsedSecretKey {

    private static final @Nullable PBESecretKeyDecryptor WITHOUT_PASSPHRASE = null;

    private static final byte[] NOTES = "therapost notes v1".getBytes(StandardCharsets.US_ASCII);

    private final Map<Long, PGPKeyPair> pairs;

    private ParsedSecretKey(Map<Long, PGPKeyPair> pairs) {
        this.pairs = pairs;
    }

    /** Reads a transferable secret key without passphrase. */
    public static ParsedSecretKey read(byte[] encoded) throws SealedException {
        try {
            PGPSecretKeyRing ring = ring(encoded);
            List<PGPSecretKey> keys = new ArrayList<>();
            for (Iterator<PGPSecretKey> each = ring.getSecretKeys(); each.hasNext(); ) {
                PGPSecretKey key = each.next();
                if (!key.isMasterKey()) {
                    keys.add(key);
                }
            }
            // A key of one piece (old RSA keys) decrypts with its primary.
            keys.add(ring.getSecretKey());
            Map<Long, PGPKeyPair> pairs = new LinkedHashMap<>();
            for (PGPSecretKey key : keys) {
                pairs.put(key.getKeyID(), key.extractKeyPair(WITHOUT_PASSPHRASE));
            }
            return new ParsedSecretKey(pairs);
        } catch (IOException | PGPException | RuntimeException damaged) {
            throw new SealedException("the secret key is damaged", damaged);
        }
    }

    public static PGPSecretKeyRing ring(byte[] encoded) throws IOException, PGPException {
        return new PGPSecretKeyRing(new ByteArrayInputStream(encoded), new BcKeyFingerprintCalculator());
    }

    /** The key that seals notes about messages sealed to this pair: it follows from the secret half and from nothing else. */
    static SymmetricKey noteKey(PGPKeyPair pair) {
        byte[] secret = pair.getPrivateKey().getPrivateKeyDataPacket().getEncoded();
        byte[] master = SessionKeys.digest(OctetStrings.join(NOTES, secret));
        try {
            return new SymmetricKey(master);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(master, (byte) 0);
        }
    }

    Optional<PGPKeyPair> pair(long keyId) {
        return Optional.ofNullable(pairs.get(keyId));
    }

    /** All pairs, subkeys first. */
    Collection<PGPKeyPair> pairs() {
        return pairs.values();
    }

    /** Key IDs, subkeys first. */
    Collection<Long> keyIds() {
        return pairs.keySet();
    }
}
