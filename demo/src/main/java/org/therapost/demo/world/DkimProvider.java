package org.therapost.demo.world;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.apache.james.jdkim.exceptions.TempFailException;
import org.therapost.mailets.dns.Dns;
import org.therapost.mailets.dns.DnsAnswer;

/** DKIM (RFC 6376) as the outside world does it: a provider signs, a provider verifies. */
public final class DkimProvider {

    private static final int KEY_BITS = 2048;
    private static final String SELECTOR = "mail1";

    private final String domain;
    private final KeyPair pair;

    /** A new signing key of a domain. */
    DkimProvider(String domain) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        this.domain = domain;
        this.pair = generator.generateKeyPair();
    }

    /** Publishes the public half. */
    void publish(NameServer dns) throws IOException {
        String key = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        dns.publish(SELECTOR + "._domainkey." + domain, "TXT", "v=DKIM1; k=rsa; p=" + key);
    }

    /** The message with a signature on top. */
    public byte[] sign(byte[] mail) throws IOException, FailException {
        String template = "v=1; a=rsa-sha256; c=relaxed/relaxed; d=" + domain + "; s=" + SELECTOR
                + "; h=from:to:subject:date:message-id; bh=; b=;";
        String field = new DKIMSigner(template, pair.getPrivate()).sign(new ByteArrayInputStream(mail));
        byte[] line = (field + "\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] signed = new byte[line.length + mail.length];
        System.arraycopy(line, 0, signed, 0, line.length);
        System.arraycopy(mail, 0, signed, line.length, mail.length);
        return signed;
    }

    /**
     * Verifies as a receiving provider does.
     *
     * @return the domain whose signature holds
     * @throws DemoException if none does
     */
    public static String verify(byte[] mail, InetSocketAddress nameServer) throws IOException, DemoException {
        Dns dns = Dns.of(List.of(nameServer));
        DKIMVerifier verifier = new DKIMVerifier((method, selector, signer) -> {
            if (dns.texts(selector + "._domainkey." + signer) instanceof DnsAnswer.Found<String> found) {
                return found.records();
            }
            throw new TempFailException("no key in the DNS");
        });
        try {
            List<SignatureRecord> held = verifier.verify(new ByteArrayInputStream(mail));
            DemoCheck.that(held != null && !held.isEmpty(), "no DKIM signature");
            return held.get(0).getDToken().toString();
        } catch (FailException wrong) {
            throw new DemoException("the DKIM signature does not hold: " + wrong.getMessage(), wrong);
        }
    }
}
