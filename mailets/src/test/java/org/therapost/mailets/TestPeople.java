package org.therapost.mailets;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.Client;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.MailContent;

/** Alice, Dr Bloom, and the thread between them. */
public final class TestPeople {

    public static final EmailAddress ALICE = EmailAddress.of("alice@mail.example");
    public static final Therapist DR_BLOOM = new Therapist(
            new TherapistId(UUID.randomUUID()),
            new PracticeId(UUID.randomUUID()),
            EmailAddress.of("bloom@practice.example"),
            "Dr Bloom",
            Custody.LOGIN,
            new Certificate(new byte[] {1}));
    public static final ClientThread THREAD = thread("k7m2qx@practice.example", ALICE);

    private TestPeople() {}

    public static ClientThread thread(String address, EmailAddress client) {
        return new ClientThread(
                new ThreadId(UUID.randomUUID()),
                EmailAddress.of(address),
                DR_BLOOM,
                new Client(client, "A client", Optional.of(new Certificate(new byte[] {2})), true),
                new Certificate(new byte[] {3}));
    }

    /** Lines joined by CRLF. */
    public static MailContent mail(String... lines) {
        return MailContent.of((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    public static SigningKey signingKey(String domain, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            return new SigningKey(
                    domain,
                    "s1",
                    pair.getPrivate().getEncoded(),
                    pair.getPublic().getEncoded());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static InetAddress ip(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
