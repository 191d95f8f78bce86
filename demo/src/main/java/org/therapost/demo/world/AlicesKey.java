package org.therapost.demo.world;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.OpenPGPMessageInputStream;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;

/** A client's own OpenPGP key, in the client's own program: it shares no code with the server's sealing. */
public final class AlicesKey {

    private static final String ENCRYPTED = "multipart/encrypted";

    private final BcOpenPGPApi openPgp = new BcOpenPGPApi();
    private final OpenPGPKey key;

    private AlicesKey(String userId, Instant now) throws PGPException {
        this.key = openPgp.generateKey(PublicKeyPacket.VERSION_4, Date.from(now))
                .classicKey(userId)
                .build();
    }

    /** A new key. */
    public static AlicesKey generate(String userId, Instant now) throws PGPException {
        return new AlicesKey(userId, now);
    }

    /** The public half, as clients give it away. */
    public byte[] certificate() throws IOException {
        return key.toCertificate().toAsciiArmoredString().getBytes(StandardCharsets.US_ASCII);
    }

    /** By which client and practice compare it. */
    public String fingerprint() {
        return HexFormat.of().formatHex(key.getFingerprint());
    }

    /**
     * Opens PGP/MIME (RFC 3156 section 4).
     *
     * @return the mail inside
     * @throws DemoException if it is none, or not encrypted to this key
     */
    public MimeMessage open(MimeMessage sealed) throws MessagingException, IOException, PGPException, DemoException {
        DemoCheck.that(sealed.isMimeType(ENCRYPTED), "not " + ENCRYPTED + " but " + sealed.getContentType());
        MimeMultipart parts = (MimeMultipart) sealed.getContent();
        byte[] armored = parts.getBodyPart(1).getInputStream().readAllBytes();
        OpenPGPMessageInputStream opened =
                openPgp.decryptAndOrVerifyMessage().addDecryptionKey(key).process(new ByteArrayInputStream(armored));
        byte[] octets = opened.readAllBytes();
        opened.close();
        DemoCheck.that(opened.getResult().getDecryptionKey() != null, "the OpenPGP message was not encrypted");
        return MailText.read(octets);
    }
}
