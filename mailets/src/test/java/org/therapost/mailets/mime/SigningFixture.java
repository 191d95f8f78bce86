package org.therapost.mailets.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.sealing.MailContent;

/**
 * Signs messages as other people's servers do, written from RFC 6376 and RFC 8463 alone: it shares nothing with what it
 * judges.
 */
public final class SigningFixture {

    /** What honest providers sign at least. */
    public static final String HONEST = "from:to:subject:date";

    private final String domain;
    private final String selector;
    private final PrivateKey key;
    private String fields = HONEST;
    private String tags = "";
    private String canonicalization = "relaxed/relaxed";
    private String algorithm;

    private SigningFixture(String domain, String selector, PrivateKey key, String algorithm) {
        this.domain = domain;
        this.selector = selector;
        this.key = key;
        this.algorithm = algorithm;
    }

    public static SigningFixture by(SigningKey key) {
        try {
            return new SigningFixture(
                    key.domain(),
                    key.selector(),
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key.privateKey())),
                    "rsa-sha256");
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    public static SigningFixture byEd25519(String domain, String selector, PrivateKey key) {
        return new SigningFixture(domain, selector, key, "ed25519-sha256");
    }

    /** With {@link #HONEST} fields. */
    public static MailContent sign(MailContent content, SigningKey key) {
        return by(key).sign(content);
    }

    public SigningFixture fields(String names) {
        fields = names;
        return this;
    }

    /** More tags, each with its semicolon. */
    public SigningFixture tags(String more) {
        tags = more;
        return this;
    }

    public SigningFixture canonicalization(String method) {
        canonicalization = method;
        return this;
    }

    public SigningFixture algorithm(String name) {
        algorithm = name;
        return this;
    }

    /** The message with the signature above it. */
    public MailContent sign(MailContent content) {
        byte[] octets = content.octets();
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        int end = text.startsWith("\r\n") ? 0 : text.indexOf("\r\n\r\n") + 2;
        String header = text.substring(0, end);
        String body = text.substring(end + 2);
        String value = " v=1; a=" + algorithm + "; c=" + canonicalization + "; d=" + domain + "; s=" + selector + "; "
                + tags + "h=" + fields + "; bh=" + base64(sha256(body(body))) + "; b=";
        StringBuilder signed = new StringBuilder();
        List<String> left = new ArrayList<>(List.of(header.split("\r\n(?![ \t])")));
        for (String name : fields.split(":")) {
            for (int i = left.size() - 1; i >= 0; i--) {
                String field = left.get(i);
                if (field.substring(0, field.indexOf(':')).strip().equalsIgnoreCase(name.strip())) {
                    signed.append(field(field)).append("\r\n");
                    left.remove(i);
                    break;
                }
            }
        }
        signed.append(field("DKIM-Signature:" + value));
        byte[] line = ("DKIM-Signature:" + value + base64(signature(octets(signed.toString()))) + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return MailContent.of(join(line, octets));
    }

    private static byte[] join(byte[] one, byte[] other) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(one);
        joined.writeBytes(other);
        return joined.toByteArray();
    }

    private byte[] signature(byte[] header) {
        try {
            Signature signature = Signature.getInstance(algorithm.startsWith("ed25519") ? "Ed25519" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(algorithm.startsWith("ed25519") ? sha256(header) : header);
            return signature.sign();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Section 3.4.2, or the field as it stands. */
    private String field(String field) {
        if (canonicalization.startsWith("simple")) {
            return field;
        }
        int colon = field.indexOf(':');
        return field.substring(0, colon).stripTrailing().toLowerCase(java.util.Locale.ROOT) + ":"
                + field.substring(colon + 1)
                        .replace("\r\n", "")
                        .replaceAll("[ \t]+", " ")
                        .strip();
    }

    /** Sections 3.4.3 and 3.4.4. */
    private byte[] body(String body) {
        boolean relaxed = canonicalization.endsWith("/relaxed");
        List<String> lines = new ArrayList<>(Arrays.asList(body.split("\r\n", -1)));
        if (relaxed) {
            lines.replaceAll(line -> line.replaceAll("[ \t]+", " ").replaceAll(" $", ""));
        }
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        if (lines.isEmpty()) {
            return octets(relaxed ? "" : "\r\n");
        }
        return octets(String.join("\r\n", lines) + "\r\n");
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
