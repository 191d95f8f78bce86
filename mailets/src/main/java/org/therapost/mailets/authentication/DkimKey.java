package org.therapost.mailets.authentication;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.james.jdkim.tagvalue.TagValue;

/** A domain's key for signatures, as it stands in DNS (RFC 6376 section 3.6.1). */
final class DkimKey extends TagValue {

    // RFC 8301 section 3.2; the upper bound is what a verifier has to take, and keeps strangers from choosing our work.
    private static final int LEAST_BITS = 1024;
    private static final int MOST_BITS = 4096;
    private static final BigInteger LARGEST_EXPONENT = BigInteger.ONE.shiftLeft(33);

    // RFC 8410 section 4: what stands before the 32 octets of an Ed25519 key in a SubjectPublicKeyInfo.
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int ED25519_OCTETS = 32;

    private DkimKey(String record) {
        super(record);
    }

    @Override
    protected void init() {
        mandatoryTags.add("p");
        defaults.put("v", "DKIM1");
        defaults.put("h", "*");
        defaults.put("k", "rsa");
        defaults.put("s", "*");
        defaults.put("t", "");
    }

    /** The key in a record, if that is a key record and its owner lets it prove this signature. */
    static Optional<PublicKey> of(String text, DkimRecord signature) {
        try {
            DkimKey record = new DkimKey(text);
            record.validate();
            return record.proves(signature) ? record.key() : Optional.empty();
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private boolean proves(DkimRecord signature) {
        String kind = signature.isEd25519() ? "ed25519" : "rsa";
        Set<String> hashes = list("h");
        Set<String> services = list("s");
        Set<String> flags = list("t");
        return "DKIM1".contentEquals(getValue("v"))
                && list("k").equals(Set.of(kind))
                && (hashes.contains("*") || hashes.contains("sha256"))
                && (services.contains("*") || services.contains("email"))
                // A domain that is testing: verifiers must not treat its mail differently from unsigned mail.
                && !flags.contains("y")
                && (!flags.contains("s") || signature.identityDomain().equalsIgnoreCase(signature.domain()));
    }

    private Set<String> list(String tag) {
        return Arrays.stream(getValue(tag).toString().toLowerCase(Locale.ROOT).split(":"))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Empty for a key that was revoked (an empty {@code p=}), is broken, or is too short to prove anything. */
    private Optional<PublicKey> key() {
        byte[] octets = Base64.getDecoder().decode(getValue("p").toString().replaceAll("\\s", ""));
        try {
            if (list("k").contains("ed25519")) {
                return octets.length == ED25519_OCTETS
                        ? Optional.of(KeyFactory.getInstance("Ed25519").generatePublic(subject(octets)))
                        : Optional.empty();
            }
            PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(octets));
            return Optional.of(key).filter(DkimKey::isSensible);
        } catch (GeneralSecurityException broken) {
            return Optional.empty();
        }
    }

    private static X509EncodedKeySpec subject(byte[] key) {
        byte[] info = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + key.length);
        System.arraycopy(key, 0, info, ED25519_PREFIX.length, key.length);
        return new X509EncodedKeySpec(info);
    }

    private static boolean isSensible(PublicKey key) {
        return key instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() >= LEAST_BITS
                && rsa.getModulus().bitLength() <= MOST_BITS
                && rsa.getPublicExponent().compareTo(LARGEST_EXPONENT) < 0;
    }
}
