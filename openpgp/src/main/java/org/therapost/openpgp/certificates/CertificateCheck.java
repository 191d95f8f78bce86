package org.therapost.openpgp.certificates;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bouncycastle.bcpg.RSAPublicBCPGKey;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;

/** Whether a certificate that somebody brings can be used, and if not, why, in words for that person. */
final class CertificateCheck {

    // RFC 9580 section 9.1; for some of them Bouncy Castle has no name but a deprecated one.
    private static final int RSA = 1;
    private static final int RSA_ENCRYPTING_ONLY = 2;
    private static final int RSA_SIGNING_ONLY = 3;
    private static final int ELGAMAL = 16;
    private static final int DSA = 17;
    private static final int ELGAMAL_SIGNING_TOO = 20;

    private static final int SHORTEST_RSA = 2048;
    private static final int LONGEST_RSA = 8192;
    private static final int LONGEST_EXPONENT = 64;

    private CertificateCheck() {}

    /**
     * Checks it.
     *
     * @throws UnusableCertificateException if it cannot be used
     */
    static void check(OpenPGPCertificate certificate, Clock clock) throws UnusableCertificateException {
        Instant now = clock.instant();
        Instant made = certificate.getPrimaryKey().getCreationTime().toInstant();
        if (made.isAfter(now)) {
            throw new UnusableCertificateException("it is dated in the future, " + date(made)
                    + ": the clock of the machine on which it was made was wrong, or this server's is (today is "
                    + date(now) + " here); ask for a new one");
        }
        if (certificate.getRevocation(Date.from(now)) != null) {
            throw new UnusableCertificateException("it has been revoked: ask for the one that its owner uses now");
        }
        strong(certificate.getPrimaryKey(), "primary key");
        ParsedCertificate read = new ParsedCertificate(certificate, clock);
        if (read.encryptionKey().isEmpty()) {
            throw new UnusableCertificateException(whyNone(certificate, read, now));
        }
        for (OpenPGPComponentKey key : certificate.getEncryptionKeys(Date.from(now))) {
            strong(key, "encryption subkey");
        }
    }

    /**
     * Whether the signatures in it can be looked at without much work: it is asked before any of them is.
     *
     * @throws UnusableCertificateException if one of its RSA keys has a modulus of more than 8,192 bits, or an exponent of more than
     *     64 bits
     */
    static void affordable(OpenPGPCertificate certificate) throws UnusableCertificateException {
        for (OpenPGPComponentKey key : certificate.getKeys()) {
            if (key.getPGPPublicKey().getPublicKeyPacket().getKey() instanceof RSAPublicBCPGKey rsa
                    && (rsa.getModulus().bitLength() > LONGEST_RSA
                            || rsa.getPublicExponent().bitLength() > LONGEST_EXPONENT)) {
                throw new UnusableCertificateException("it has an RSA key of more than " + LONGEST_RSA
                        + " bits, or with an exponent of more than " + LONGEST_EXPONENT
                        + " bits, which this server does not compute with: ask its owner for another key");
            }
        }
    }

    private static String whyNone(OpenPGPCertificate certificate, ParsedCertificate read, Instant now)
            throws UnusableCertificateException {
        List<OpenPGPComponentKey> able = certificate.getKeys().stream()
                .filter(key -> key.getPGPPublicKey().isEncryptionKey())
                .toList();
        if (able.isEmpty()) {
            return "it has no usable encryption subkey, it can only sign: ask its owner to add one";
        }
        if (able.stream().allMatch(key -> key.getCreationTime().toInstant().isAfter(now))) {
            return "its encryption subkey is dated in the future: ask for a new one";
        }
        for (OpenPGPComponentKey key : able) {
            strong(key, "encryption subkey");
        }
        if (read.wasUsable()) {
            return "it has expired, or its encryption subkey has: ask for a prolonged one";
        }
        return "it has no usable encryption subkey: none is marked for encryption, or all of these were revoked,"
                + " have expired, or are signed in a way that is not safe any more; ask for a new one";
    }

    private static void strong(OpenPGPComponentKey key, String what) throws UnusableCertificateException {
        String remedy = ": ask its owner for a newer key (Curve25519, or RSA of 3,072 bits)";
        switch (key.getAlgorithm()) {
            case DSA, ELGAMAL, ELGAMAL_SIGNING_TOO ->
                throw new UnusableCertificateException(
                        "its " + what + " is too weak (DSA and Elgamal are not used any more)" + remedy);
            case RSA, RSA_ENCRYPTING_ONLY, RSA_SIGNING_ONLY -> {
                int bits = key.getPGPPublicKey().getBitStrength();
                if (bits < SHORTEST_RSA) {
                    throw new UnusableCertificateException("its " + what + " is too weak (RSA of " + bits + " bits; "
                            + SHORTEST_RSA + " are the least)" + remedy);
                }
            }
            default -> {
                // Elliptic curves: each is strong enough.
            }
        }
    }

    private static LocalDate date(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
