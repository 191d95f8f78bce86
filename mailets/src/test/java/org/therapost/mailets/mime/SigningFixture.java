package org.therapost.mailets.mime;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import org.apache.james.jdkim.DKIMSigner;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.sealing.MailContent;

/** Signs messages as other people's servers do. */
public final class SigningFixture {

    private SigningFixture() {}

    public static MailContent sign(MailContent content, SigningKey key) {
        return sign(content, key, "");
    }

    public static MailContent sign(MailContent content, SigningKey key, String moreTags) {
        try {
            String template = "v=1; a=rsa-sha256; c=relaxed/simple; d=" + key.domain() + "; s=" + key.selector() + "; "
                    + moreTags + "h=from:subject; bh=; b=;";
            String field = new DKIMSigner(
                            template,
                            KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key.privateKey())))
                    .sign(content.stream());
            byte[] line = (field + "\r\n").getBytes(StandardCharsets.US_ASCII);
            return MailContent.of(OutgoingHeader.join(line, content.octets()));
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
