package org.therapost.openpgp.certificates;

import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.bcpg.PacketFormat;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.therapost.domain.addresses.Parsed;
import org.therapost.domain.sealing.Certificate;

/** Reads certificates and remembers the thousand used last: parsing one costs more than sealing a message to it. */
public final class Certificates {

    /** Octets; a certificate of an ordinary person has one to fifty thousand. */
    public static final int LARGEST = 1 << 20;

    private static final int REMEMBERED = 1_000;

    private final Clock clock;
    private final OpenPGPKeyReader reader = new OpenPGPKeyReader(new BcOpenPGPImplementation());
    private final Map<Certificate, ParsedCertificate> read = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Certificate, ParsedCertificate> eldest) {
            return size() > REMEMBERED;
        }
    };

    public Certificates(Clock clock) {
        this.clock = clock;
    }

    /** A certificate on file: it was checked when it came there. */
    public synchronized ParsedCertificate get(Certificate certificate) {
        ParsedCertificate known = read.get(certificate);
        if (known == null) {
            known = new ParsedCertificate(onFile(certificate), clock);
            read.put(certificate, known);
        }
        return known;
    }

    private OpenPGPCertificate onFile(Certificate certificate) {
        try {
            return parse(certificate.encoded());
        } catch (UnusableCertificateException damaged) {
            throw new IllegalArgumentException("not a certificate", damaged);
        }
    }

    /** A certificate that somebody brings; if it cannot be used, a text for that person. */
    public Parsed<Certificate> accept(byte[] encoded) {
        try {
            return Parsed.valid(checked(encoded));
        } catch (UnusableCertificateException unusable) {
            return Parsed.invalid(unusable.why());
        }
    }

    /** A certificate that somebody brings, whether or not anything can be encrypted to it. */
    public Parsed<Certificate> acceptUnjudged(byte[] encoded) {
        try {
            return Parsed.valid(written(brought(encoded)));
        } catch (UnusableCertificateException unusable) {
            return Parsed.invalid(unusable.why());
        }
    }

    /**
     * Two copies of one certificate in one; the first as it is if the second has nothing new, is of another primary key, or would
     * make it larger than {@link #LARGEST}, unless it says that it was revoked. Which of its signatures hold is decided where it is
     * used.
     */
    public Certificate merged(Certificate onFile, Certificate brought) {
        OpenPGPCertificate one = get(onFile).certificate();
        OpenPGPCertificate other = get(brought).certificate();
        if (!Arrays.equals(one.getFingerprint(), other.getFingerprint())) {
            return onFile;
        }
        try {
            Certificate both = written(OpenPGPCertificate.join(one, other));
            if (both.encoded().length > LARGEST) {
                return isRevoked(other) ? brought : onFile;
            }
            return written(one).equals(both) ? onFile : both;
        } catch (PGPException | UnusableCertificateException | RuntimeException strange) {
            return onFile;
        }
    }

    private boolean isRevoked(OpenPGPCertificate certificate) {
        return certificate.getRevocation(Date.from(clock.instant())) != null;
    }

    private Certificate checked(byte[] encoded) throws UnusableCertificateException {
        OpenPGPCertificate certificate = brought(encoded);
        check(certificate);
        return written(certificate);
    }

    private OpenPGPCertificate brought(byte[] encoded) throws UnusableCertificateException {
        if (encoded.length > LARGEST) {
            throw new UnusableCertificateException("it is larger than 1 MiB");
        }
        OpenPGPCertificate certificate = parse(LenientArmor.normalized(encoded));
        CertificateCheck.affordable(certificate);
        return certificate;
    }

    private void check(OpenPGPCertificate certificate) throws UnusableCertificateException {
        try {
            CertificateCheck.check(certificate, clock);
        } catch (RuntimeException strange) {
            throw damaged(strange);
        }
    }

    private static Certificate written(OpenPGPCertificate certificate) throws UnusableCertificateException {
        try {
            return new Certificate(certificate.getEncoded(PacketFormat.ROUNDTRIP));
        } catch (IOException inMemory) {
            throw new UnusableCertificateException("it cannot be written again", inMemory);
        } catch (RuntimeException strange) {
            throw damaged(strange);
        }
    }

    /** Bouncy Castle's ways of saying that something is missing are many. */
    private static UnusableCertificateException damaged(RuntimeException strange) {
        return new UnusableCertificateException(
                "it is damaged, or of a kind that this server does not know: ask for it to be exported again", strange);
    }

    private OpenPGPCertificate parse(byte[] encoded) throws UnusableCertificateException {
        List<OpenPGPCertificate> found;
        try {
            found = reader.parseKeysOrCertificates(encoded);
        } catch (IOException | RuntimeException garbage) {
            throw new UnusableCertificateException("it is not an OpenPGP certificate", garbage);
        }
        if (found.stream().anyMatch(OpenPGPCertificate::isSecretKey)) {
            throw new UnusableCertificateException("it holds a secret key, which nobody but its owner should have: "
                    + "bring the public half (gpg --export --armor)");
        }
        if (found.size() != 1) {
            throw new UnusableCertificateException(
                    found.isEmpty()
                            ? "it is not an OpenPGP certificate"
                            : "it holds several certificates: bring the one that is meant (gpg --export --armor"
                                    + " FINGERPRINT)");
        }
        return found.get(0);
    }
}
