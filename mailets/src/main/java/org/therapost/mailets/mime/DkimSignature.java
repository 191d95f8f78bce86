package org.therapost.mailets.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.api.Headers;
import org.apache.james.jdkim.exceptions.PermFailException;
import org.therapost.domain.people.SigningKey;

/** Signs what leaves us: DKIM (RFC 6376), relaxed/relaxed, RSA with SHA-256, by jDKIM. */
final class DkimSignature {

    // RFC 6376 section 5.4.1; From once more than it occurs, so that nobody can add another.
    private static final Set<String> SIGNED = Set.of(
            "from",
            "to",
            "subject",
            "date",
            "message-id",
            "in-reply-to",
            "references",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "content-disposition",
            "content-id",
            "content-language",
            "content-description",
            "auto-submitted",
            "autocrypt");

    private DkimSignature() {}

    /** The {@code DKIM-Signature} field for a message, folded, without the final line end. */
    static String of(OutgoingHeader header, byte[] body, SigningKey key) {
        // jDKIM turns text into octets by the default character set: only ASCII fields are sure to survive that.
        String names = Stream.concat(header.asciiNames().stream().filter(SIGNED::contains), Stream.of("from"))
                .collect(Collectors.joining(":"));
        String template = "v=1; a=rsa-sha256; c=relaxed/relaxed; d=" + key.domain() + "; s=" + key.selector() + "; h="
                + names + "; bh=; b=;";
        try {
            DKIMSigner signer = new DKIMSigner(template, privateKey(key));
            BodyHash hasher = new BodyHash(signer.newSignatureRecordTemplate(template));
            try (OutputStream out = hasher.getOutputStream()) {
                out.write(body);
            }
            return signer.sign(new Signed(header), hasher).replace("; ", ";\r\n ");
        } catch (PermFailException | GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("the practice's signing key does not sign", broken);
        }
    }

    private static PrivateKey privateKey(SigningKey key) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key.privateKey()));
    }

    private record Signed(OutgoingHeader header) implements Headers {

        @Override
        public List<String> getFields() {
            return header.ascii();
        }

        @Override
        public List<String> getFields(String name) {
            return header.ascii(name);
        }
    }
}
