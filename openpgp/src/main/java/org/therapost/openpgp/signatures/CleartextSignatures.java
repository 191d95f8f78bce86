package org.therapost.openpgp.signatures;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.BCPGOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.OpenPGPKey.OpenPGPSecretKey;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.keys.SecretKey;
import org.therapost.domain.sealing.keys.SignedTexts;
import org.therapost.openpgp.certificates.Certificates;

/** Signed texts through Bouncy Castle. */
public final class CleartextSignatures implements SignedTexts {

    private static final Pattern SIGNED = Pattern.compile(
            "-----BEGIN PGP SIGNED MESSAGE-----\r?\n((?:[A-Za-z]+: [^\r\n]*\r?\n)*)\r?\n(.*?)"
                    + "(-----BEGIN PGP SIGNATURE-----\r?\n.*?-----END PGP SIGNATURE-----)",
            Pattern.DOTALL);
    private static final Pattern BEGINNING = Pattern.compile("(?=-----BEGIN PGP SIGNED MESSAGE-----)");
    private static final Pattern PADDING = Pattern.compile("=3D(?=(?:=3D)?\\r?$)", Pattern.MULTILINE);
    private static final Pattern CHECKSUM = Pattern.compile("^=3D([A-Za-z0-9+/]{4})(?=\\r?$)", Pattern.MULTILINE);
    private static final int TEXT = 2;
    private static final int SIGNATURE = 3;

    private final Certificates certificates;

    /** The clock decides which keys have expired. */
    public CleartextSignatures(Clock clock) {
        this.certificates = new Certificates(clock);
    }

    /**
     * Signs a text.
     *
     * @param text lines of ASCII, none of which begins with {@code -} or ends with white space
     * @throws IllegalArgumentException if a line does, or the key has no part that signs
     */
    public static String sign(SecretKey key, String text, Instant at) {
        if (text.lines().anyMatch(line -> line.startsWith("-") || !line.equals(line.stripTrailing()))) {
            throw new IllegalArgumentException("a line of the text would not stay as it is");
        }
        try {
            PGPSignature signature = signature(signingKey(key), canonical(text), at);
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            try (ArmoredOutputStream armor =
                    ArmoredOutputStream.builder().clearHeaders().build(octets)) {
                signature.encode(new BCPGOutputStream(armor));
            }
            return "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n" + text + (text.endsWith("\n") ? "" : "\n")
                    + octets.toString(StandardCharsets.US_ASCII).replace("\r\n", "\n");
        } catch (PGPException | IOException broken) {
            throw new IllegalArgumentException("this secret key signs nothing", broken);
        }
    }

    private static OpenPGPSecretKey signingKey(SecretKey key) throws IOException {
        OpenPGPKey parsed = new OpenPGPKeyReader(new BcOpenPGPImplementation()).parseKey(key.expose());
        return parsed.getSigningKeys().stream()
                .map(parsed::getSecretKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the key has no part that signs"));
    }

    private static PGPSignature signature(OpenPGPSecretKey key, byte[] text, Instant at) throws PGPException {
        PGPSecretKey secret = key.getPGPSecretKey();
        PGPPrivateKey open = secret.extractPrivateKey(null);
        PGPPublicKey mine = secret.getPublicKey();
        PGPSignatureGenerator generator = new PGPSignatureGenerator(
                new BcPGPContentSignerBuilder(mine.getAlgorithm(), HashAlgorithmTags.SHA512), mine);
        generator.init(PGPSignature.CANONICAL_TEXT_DOCUMENT, open);
        PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
        hashed.setIssuerFingerprint(false, mine);
        hashed.setSignatureCreationTime(true, Date.from(at));
        generator.setHashedSubpackets(hashed.generate());
        generator.update(text);
        return generator.generate();
    }

    /** RFC 9580 section 7.2: CRLF between lines, no white space at their ends, and not the end of the last line. */
    private static byte[] canonical(String text) {
        return String.join("\r\n", text.lines().map(String::stripTrailing).toList())
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<String> find(String file) {
        List<String> found = new ArrayList<>();
        // One that was torn off takes nothing of the next one with it.
        for (String piece : BEGINNING.split(file)) {
            Matcher one = SIGNED.matcher(piece);
            if (one.find()) {
                found.add(plain(one.group()));
            }
        }
        return found;
    }

    /**
     * Whoever saves a mail may save it quoted-printable (RFC 2045 section 6.7), where the padding of the armor and its checksum look
     * otherwise. Lines of a checkpoint are short and have no other octet that is quoted.
     */
    private static String plain(String signed) {
        return CHECKSUM.matcher(PADDING.matcher(signed).replaceAll("=")).replaceAll("=$1");
    }

    @Override
    public Optional<String> unverified(String signed) {
        Matcher parts = SIGNED.matcher(signed);
        return parts.find() ? Optional.of(text(parts)) : Optional.empty();
    }

    /** RFC 9580 section 7.1: dash-escaped lines. */
    private static String text(Matcher parts) {
        return parts.group(TEXT).replaceAll("(?m)^- ", "").replace("\r\n", "\n");
    }

    @Override
    public Optional<String> verified(String signed, Certificate certificate) {
        Matcher parts = SIGNED.matcher(signed);
        if (!parts.find()) {
            return Optional.empty();
        }
        String text = text(parts);
        try {
            return signatures(parts.group(SIGNATURE)).stream()
                            .anyMatch(signature -> isBy(signature, certificate, canonical(text)))
                    ? Optional.of(text)
                    : Optional.empty();
        } catch (IOException | RuntimeException garbage) {
            return Optional.empty();
        }
    }

    private static List<PGPSignature> signatures(String armored) throws IOException {
        List<PGPSignature> signatures = new ArrayList<>();
        try (ArmoredInputStream armor = ArmoredInputStream.builder()
                .build(new ByteArrayInputStream(armored.getBytes(StandardCharsets.US_ASCII)))) {
            Object object = new BcPGPObjectFactory(armor).nextObject();
            if (object instanceof PGPSignatureList list) {
                list.forEach(signatures::add);
            }
        }
        return signatures;
    }

    private boolean isBy(PGPSignature signature, Certificate certificate, byte[] text) {
        try {
            if (signature.getSignatureType() != PGPSignature.CANONICAL_TEXT_DOCUMENT) {
                return false;
            }
            Date made = signature.getCreationTime();
            for (OpenPGPComponentKey key :
                    certificates.get(certificate).certificate().getSigningKeys(made)) {
                if (key.getKeyIdentifier().getKeyId() == signature.getKeyID()) {
                    signature.init(new BcPGPContentVerifierBuilderProvider(), key.getPGPPublicKey());
                    signature.update(text);
                    return signature.verify();
                }
            }
            return false;
        } catch (PGPException wrong) {
            return false;
        }
    }
}
