package org.therapost.mailets.authentication;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.mailets.TestPeople.ALICE;
import static org.therapost.mailets.TestPeople.THREAD;
import static org.therapost.mailets.TestPeople.ip;

import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.addresses.ReversePath;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.conversation.incoming.AuthenticSender;
import org.therapost.domain.conversation.incoming.FoundKey;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.TestPeople;
import org.therapost.mailets.dns.TestDns;
import org.therapost.mailets.mime.MailReader;
import org.therapost.mailets.mime.SigningFixture;

/** Which certificates of a mail are its author's own, whatever else proves the mail. */
class SignedKeysInMailTest {

    private static final SigningKey KEY = TestPeople.signingKey("mail.example", 2048);
    private static final byte[] CERTIFICATE = "a certificate".getBytes(UTF_8);
    private static final String DATA = Base64.getEncoder().encodeToString(CERTIFICATE);
    private static final String AUTOCRYPT = "Autocrypt: addr=" + ALICE.value() + "; keydata=" + DATA;
    private static final String HEADER = "From: Alice <" + ALICE.value() + ">\r\nTo: "
            + THREAD.address().value() + "\r\nSubject: x\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\n";

    private final SignedKeysInMail keys = new SignedKeysInMail(new MailReader());
    private TestDns records;

    @BeforeEach
    void start() throws Exception {
        records = TestDns.start();
        records.txt(KEY.recordName(), KEY.recordText());
    }

    @AfterEach
    void stop() {
        records.close();
    }

    private enum Door {
        /** Only the signature speaks for the mail. */
        NOBODYS,
        /** Her own server hands it over (SPF). */
        HERS,
        /** A server of ours hands it over, which operators trust. */
        OURS
    }

    @ParameterizedTest
    @CsvSource({"NOBODYS", "HERS", "OURS"})
    void a_field_that_the_signature_covers_is_hers_by_whichever_door_it_came(Door door) throws Exception {
        MailContent signed = signed(AUTOCRYPT + "\r\n\r\nx\r\n", SigningFixture.HONEST + ":autocrypt");

        assertThat(found(signed, door)).singleElement().satisfies(key -> {
            assertThat(key.place()).isEqualTo(FoundKey.Place.FIELD);
            assertThat(key.encoded()).isEqualTo(CERTIFICATE);
        });
    }

    @ParameterizedTest
    @CsvSource({"NOBODYS", "HERS", "OURS"})
    void a_field_that_it_does_not_cover_may_be_anybodys(Door door) throws Exception {
        assertThat(found(signed(AUTOCRYPT + "\r\n\r\nx\r\n", SigningFixture.HONEST), door))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"HERS", "OURS"})
    void a_mail_that_is_proved_otherwise_and_not_signed_brings_no_key(Door door) throws Exception {
        assertThat(found(MailContent.of((HEADER + AUTOCRYPT + "\r\n\r\nx\r\n").getBytes(US_ASCII)), door))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"HERS", "OURS"})
    void a_signed_mail_to_somebody_else_that_is_handed_on_brings_no_key(Door door) throws Exception {
        String elsewhere = HEADER.replace(THREAD.address().value(), "someone@else.example");
        MailContent signed = SigningFixture.by(KEY)
                .fields(SigningFixture.HONEST + ":autocrypt")
                .sign(MailContent.of((elsewhere + AUTOCRYPT + "\r\n\r\nx\r\n").getBytes(US_ASCII)));

        assertThat(found(signed, door)).isEmpty();
    }

    @Test
    void a_signature_that_does_not_hold_any_more_brings_no_key_and_the_mail_comes_in() throws Exception {
        byte[] changed = signed(AUTOCRYPT + "\r\n\r\nx\r\n", SigningFixture.HONEST + ":autocrypt")
                .octets()
                .clone();
        changed[changed.length - 3] ^= 1;

        assertThat(found(MailContent.of(changed), Door.HERS)).isEmpty();
    }

    @Test
    void when_dns_does_not_answer_for_the_signature_the_mail_comes_in_without_its_key() throws Exception {
        MailContent signed = signed(AUTOCRYPT + "\r\n\r\nx\r\n", SigningFixture.HONEST + ":autocrypt");
        records.forget(KEY.recordName());

        assertThat(found(signed, Door.OURS)).isEmpty();
    }

    @Test
    void of_several_signatures_the_one_that_covers_the_field_counts() throws Exception {
        MailContent twice =
                SigningFixture.sign(signed(AUTOCRYPT + "\r\n\r\nx\r\n", SigningFixture.HONEST + ":autocrypt"), KEY);

        assertThat(found(twice, Door.NOBODYS)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Autocrypt: addr=bruno@mail.example; keydata=%s",
                "Autocrypt: keydata=%s",
                "Autocrypt: addr=alice@mail.example; type=2; keydata=%s",
                "Autocrypt: addr=alice@mail.example; keydata=",
                "Autocrypt: addr=alice@mail.example; keydata=***",
                "Autocrypt: addr=alice@mail.example, keydata=%s",
                "Autocrypt: addr=alice@mail.example; keydata=%1$s\r\nAutocrypt: addr=alice@mail.example; keydata=%1$s",
                "Autocrypt:",
            })
    void a_field_that_the_specification_has_ignored_is_ignored(String field) throws Exception {
        assertThat(found(
                        signed(String.format(field, DATA) + "\r\n\r\nx\r\n", SigningFixture.HONEST + ":autocrypt"),
                        Door.NOBODYS))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AUTOCRYPT: addr=Alice@Mail.example; prefer-encrypt=mutual; keydata=%s",
                "Autocrypt: addr=alice@mail.example; _note=1; keydata=%s;",
                "Autocrypt: addr=alice@mail.example;\r\n keydata=\r\n\t%s"
            })
    void a_field_is_read_as_programs_write_it(String field) throws Exception {
        assertThat(found(
                        signed(String.format(field, DATA) + "\r\n\r\nx\r\n", SigningFixture.HONEST + ":autocrypt"),
                        Door.NOBODYS))
                .hasSize(1);
    }

    @Test
    void an_attached_key_is_covered_with_the_body() throws Exception {
        List<FoundKey> found =
                found(signed(withParts("application/PGP-Keys"), SigningFixture.HONEST + ":content-type"), Door.NOBODYS);

        assertThat(found).extracting(FoundKey::place).containsExactly(FoundKey.Place.ATTACHMENT);
        assertThat(found.get(0).encoded()).isEqualTo(CERTIFICATE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                            | ''",
                "':content-transfer-encoding'                  | 'Content-Transfer-Encoding: 7bit'",
                "':content-type'                               | 'Content-Transfer-Encoding: 7bit'",
            })
    void an_attached_key_waits_if_it_is_an_attachment_by_a_field_that_is_not_signed(String signed, String before)
            throws Exception {
        assertThat(found(
                        signed(
                                (before.isEmpty() ? before : before + "\r\n") + withParts("application/pgp-keys"),
                                SigningFixture.HONEST + signed),
                        Door.NOBODYS))
                .extracting(FoundKey::place)
                .containsExactly(FoundKey.Place.LOOSE_ATTACHMENT);
    }

    @Test
    void a_key_in_a_forwarded_message_is_not_the_author_s() throws Exception {
        String forwarded =
                "Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\nContent-Type: message/rfc822\r\n\r\n"
                        + withParts("application/pgp-keys") + "\r\n--o--\r\n";

        assertThat(found(signed(forwarded, SigningFixture.HONEST), Door.NOBODYS))
                .isEmpty();
    }

    @Test
    void a_file_that_is_no_key_and_one_that_is_too_large_are_none() throws Exception {
        assertThat(found(signed(withParts("application/octet-stream"), SigningFixture.HONEST), Door.NOBODYS))
                .isEmpty();
        char[] much = new char[400 * 1024];
        Arrays.fill(much, 'A');
        assertThat(found(
                        signed(
                                withParts("application/pgp-keys").replace(DATA, new String(much)),
                                SigningFixture.HONEST),
                        Door.NOBODYS))
                .isEmpty();
    }

    private static String withParts(String type) {
        return "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nMy key.\r\n--b\r\n"
                + "Content-Type: " + type + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + DATA + "\r\n--b--\r\n";
    }

    private static MailContent signed(String rest, String fields) {
        return SigningFixture.by(KEY).fields(fields).sign(MailContent.of((HEADER + rest).getBytes(US_ASCII)));
    }

    private List<FoundKey> found(MailContent content, Door door) throws Exception {
        if (door == Door.HERS) {
            records.txt("mail.example", "v=spf1 ip4:203.0.113.7 -all");
        }
        String peer = door == Door.HERS ? "203.0.113.7" : "198.51.100.66";
        ArrivedMail mail = new ArrivedMail(
                new ArrivedMail.Envelope(
                        ip(peer),
                        "h.example",
                        Optional.of(ReversePath.of(ALICE)),
                        List.of(new Destination.ToThread(THREAD))),
                Optional.empty(),
                content);
        TrustedNetworks trusted =
                door == Door.OURS ? TrustedNetworks.of(List.of("198.51.100.66")) : TrustedNetworks.NONE;
        AuthenticSender sender =
                TestSenders.of(records, trusted, Clock.systemUTC()).authenticate(mail);
        assertThat(sender.address()).isEqualTo(ALICE);
        return keys.of(mail, sender);
    }
}
