package org.therapost.server.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.therapost.server.folder.PrivateFiles;

/** A certificate that the server made for itself: enough to encrypt, and to be pinned by a mail program that asks once. */
final class SelfSignedCertificate {

    private static final Duration VALID = Duration.ofDays(3650);

    private SelfSignedCertificate() {}

    /** Writes a P-256 key and its certificate for this host, {@code localhost} and the loopback addresses. */
    static void write(Path certificate, Path key, String hostname, Instant now)
            throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=" + hostname);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(127, new SecureRandom()),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(VALID)),
                name,
                pair.getPublic());
        try {
            builder.addExtension(Extension.subjectAlternativeName, false, names(hostname));
            // Mail programs take a pinned self-signed certificate as its own authority.
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            var signed = new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
            PrivateFiles.write(
                    key,
                    PemFiles.write(new JcaPKCS8Generator(pair.getPrivate(), null))
                            .getBytes(StandardCharsets.US_ASCII));
            PrivateFiles.write(certificate, PemFiles.write(signed).getBytes(StandardCharsets.US_ASCII));
        } catch (OperatorCreationException broken) {
            throw new GeneralSecurityException("SHA256withECDSA is part of every JDK", broken);
        }
    }

    private static GeneralNames names(String hostname) {
        List<GeneralName> names = new ArrayList<>();
        if (!hostname.equals("localhost")) {
            names.add(new GeneralName(GeneralName.dNSName, hostname));
        }
        names.add(new GeneralName(GeneralName.dNSName, "localhost"));
        names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        names.add(new GeneralName(GeneralName.iPAddress, "::1"));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }
}
