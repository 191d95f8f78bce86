package org.therapost.domain.clientkeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.therapost.domain.addresses.Parsed;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.keys.CertificateReading;

/**
 * Certificates that are texts: a name, whose it is, and what is signed in it, such as {@code
 * laptop/alice@provider.example+expiry}. One that is {@code +revoked} is not usable; what has no name is none.
 */
public final class PlainCertificates implements CertificateReading {

    /** A certificate. */
    public static Certificate certificate(String text) {
        return new Certificate(text.getBytes(UTF_8));
    }

    /** What stands before its signatures and before whose it is. */
    public static String name(Certificate certificate) {
        return text(certificate).split("[/+]")[0];
    }

    private static String text(Certificate certificate) {
        return new String(certificate.encoded(), UTF_8);
    }

    @Override
    public Parsed<Certificate> read(byte[] encoded) {
        return new String(encoded, UTF_8).contains("+revoked") ? Parsed.invalid("revoked") : readUnjudged(encoded);
    }

    @Override
    public Parsed<Certificate> readUnjudged(byte[] encoded) {
        return encoded.length == 0 ? Parsed.invalid("none") : Parsed.valid(new Certificate(encoded));
    }

    @Override
    public List<String> mailboxes(Certificate certificate) {
        String whole = text(certificate).split("\\+")[0];
        return whole.contains("/") ? List.of(whole.substring(whole.indexOf('/') + 1)) : List.of();
    }

    @Override
    public String fingerprint(Certificate certificate) {
        return name(certificate);
    }

    @Override
    public Certificate merged(Certificate onFile, Certificate brought) {
        List<String> signed = new ArrayList<>(List.of(text(onFile).split("\\+")));
        for (String one : text(brought).split("\\+")) {
            if (!signed.contains(one) && !one.startsWith(name(onFile))) {
                signed.add(one);
            }
        }
        return certificate(String.join("+", signed));
    }
}
