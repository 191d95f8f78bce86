package org.therapost.mailets.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.mailets.TestPeople.THREAD;
import static org.therapost.mailets.TestPeople.ip;
import static org.therapost.mailets.TestPeople.mail;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.addresses.ReversePath;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.mailets.TestPeople;
import org.therapost.mailets.TestSigningSubkeys;
import org.therapost.mailets.authentication.DmarcSenders;
import org.therapost.mailets.authentication.TestSenders;
import org.therapost.mailets.dns.TestDns;

class JakartaComposerTest {

    private static final SigningKey KEY = TestPeople.signingKey("practice.example", 2048);
    private static final Instant NOW = Instant.parse("2026-11-02T09:05:07Z");

    private final TestSigningSubkeys subkeys = new TestSigningSubkeys();
    private final ArmoringSealer sealer = new ArmoringSealer();
    private final MailReader reader = new MailReader();
    private final Set<String> known = new HashSet<>(Set.of("<two@mail.example>"));
    private final JakartaComposer composer = new JakartaComposer(
            new OutgoingMessageWriter(practice -> KEY, subkeys, sealer, Clock.fixed(NOW, ZoneOffset.UTC)),
            new ServerKey(new byte[ServerKey.SIZE]),
            (thread, ids) -> ids.stream().filter(known::contains).collect(Collectors.toSet()),
            reader,
            (therapist, notice) -> {
                throw new IllegalStateException("there is nothing to tell");
            });

    private static final MailContent WRITTEN = mail(
            "Received: from laptop.bloom.example by somewhere",
            "From: Dr Bloom <bloom@practice.example>",
            "To: k7m2qx@practice.example",
            "Bcc: k7m2qx@practice.example",
            "Date: Mon, 2 Nov 2026 10:05:00 +0100",
            "Subject: =?utf-8?q?Re=3A_M=C3=B6ntag?=",
            "Message-ID: <abc@LAPTOP.local>",
            "In-Reply-To: <two@mail.example>",
            "References: <one@laptop.local>",
            " <two@mail.example>",
            "User-Agent: Mozilla Thunderbird",
            "X-Mailer: something",
            "Organization: Practice for psychotherapy",
            "Reply-To: private@bloom.example",
            "Disposition-Notification-To: private@bloom.example",
            "Autocrypt: addr=bloom@practice.example; keydata=AAAA",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=UTF-8;",
            " format=flowed",
            "Content-Transfer-Encoding: 8bit",
            "",
            "> Ich schlafe schlecht.",
            "Seit wann? Grüße  ",
            ".");

    @Test
    void an_answer_over_tls_tells_only_what_it_must() throws Exception {
        MailContent sent = composer.answer(THREAD, WRITTEN, Carriage.TLS);
        MailHeader header = reader.read(sent);

        assertThat(header.fields().stream().map(field -> field.getName()))
                .containsExactly(
                        "DKIM-Signature",
                        "From",
                        "To",
                        "Date",
                        "Message-ID",
                        "In-Reply-To",
                        "References",
                        "MIME-Version",
                        "Subject",
                        "Content-Type",
                        "Content-Transfer-Encoding");
        assertThat(text(sent))
                .contains("From: k7m2qx@practice.example\r\n", "To: alice@mail.example\r\n")
                .contains("Date: Mon, 2 Nov 2026 09:05:07 +0000\r\n", "Subject: =?utf-8?q?Re=3A_M=C3=B6ntag?=\r\n")
                .doesNotContainIgnoringCase("laptop", "thunderbird", "bloom", "psychotherapy");
        assertThat(body(sent)).isEqualTo(body(WRITTEN));
    }

    @Test
    void identifiers_keep_the_clients_threading_and_hide_the_therapists_machine() throws Exception {
        MailHeader header = reader.read(composer.answer(THREAD, WRITTEN, Carriage.TLS));
        MailHeader earlier = reader.read(
                composer.answer(THREAD, mail("Message-ID: <one@laptop.local>", "Subject: x", "", "x"), Carriage.TLS));

        assertThat(header.messageId().orElseThrow()).endsWith("@practice.example>");
        assertThat(header.inReplyTo()).containsExactly("<two@mail.example>");
        assertThat(header.references()).containsExactly(earlier.messageId().orElseThrow(), "<two@mail.example>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<2.1@email.android.com>", "<abc@LAPTOP.local>", "<def@mail.example>", "<ghi@practice.example>"})
    void what_the_client_knows_stays_whatever_program_wrote_it(String clients) throws Exception {
        known.add(clients);
        MailHeader header = reader.read(composer.answer(
                THREAD,
                mail(
                        "Message-ID: <" + "9@" + clients.substring(clients.indexOf('@') + 1),
                        "In-Reply-To: " + clients,
                        "References: <0@email.android.com> " + clients,
                        "Subject: x",
                        "",
                        "x"),
                Carriage.TLS));

        assertThat(header.inReplyTo()).containsExactly(clients);
        assertThat(header.references()).hasSize(2).last().isEqualTo(clients);
        assertThat(header.references().get(0)).endsWith("@practice.example>").doesNotContain("<0@");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DR-EXTRA-PC", "dr-extra-pc.practice.example", "email.android.com", "icloud.com"})
    void what_the_client_does_not_know_is_replaced_as_it_was_when_it_left_whatever_program_answers(String domain)
            throws Exception {
        String first = "<4711@" + domain + ">";
        MailHeader sent =
                reader.read(composer.answer(THREAD, mail("Message-ID: " + first, "Subject: x", "", "x"), Carriage.TLS));
        MailContent answer = composer.answer(
                THREAD,
                mail(
                        "Message-ID: <8@phone.example>",
                        "In-Reply-To: <5@elsewhere.example>",
                        "References: " + first + " <other@practice.example>",
                        "Subject: x",
                        "",
                        "x"),
                Carriage.TLS);

        assertThat(reader.read(answer).references().get(0))
                .isEqualTo(sent.messageId().orElseThrow());
        assertThat(text(answer)).doesNotContain(domain + ">", "phone.example", "elsewhere.example", "<other@");
    }

    @Test
    void an_identifier_of_the_practice_stays() throws Exception {
        MailContent written = mail("Message-ID: <abc@practice.example>", "Subject: x", "", "x");

        assertThat(reader.read(composer.answer(THREAD, written, Carriage.TLS)).messageId())
                .hasValue("<abc@practice.example>");
    }

    @Test
    void the_signature_is_verified_by_whoever_asks_dns() throws Exception {
        for (Carriage carriage : List.of(Carriage.TLS, Carriage.OPENPGP)) {
            MailContent sent = composer.answer(THREAD, WRITTEN, carriage);
            try (TestDns records = TestDns.start()) {
                records.txt(KEY.recordName(), KEY.recordText());
                DmarcSenders outside = TestSenders.of(records);
                ArrivedMail arrived = new ArrivedMail(
                        new ArrivedMail.Envelope(
                                ip("203.0.113.1"),
                                "relay.example",
                                ReversePath.of("x@relay.example"),
                                List.of(new Destination.ToThread(TestPeople.thread(
                                        THREAD.client().address().value(), THREAD.address())))),
                        Optional.empty(),
                        sent);
                assertThat(outside.authenticate(arrived).address()).isEqualTo(THREAD.address());
            }
        }
    }

    @Test
    void an_encrypted_answer_shows_no_subject_and_protects_it_inside() throws Exception {
        MailContent sent = composer.answer(THREAD, WRITTEN, Carriage.OPENPGP);

        assertThat(text(sent))
                .contains("Subject: ...\r\n", "multipart/encrypted; protocol=\"application/pgp-encrypted\"")
                .contains("Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n")
                .contains("-----BEGIN PGP MESSAGE-----\r\n")
                .doesNotContain("ntag", "Ich schlafe");
        assertThat(sealer.entity)
                .contains(
                        "Content-Type: text/plain; charset=UTF-8;\r\n format=flowed;\r\n protected-headers=\"v1\";\r\n"
                                + " hp=\"cipher\"\r\n")
                .contains("Subject: =?utf-8?q?Re=3A_M=C3=B6ntag?=\r\n", "From: k7m2qx@practice.example\r\n")
                .contains("To: alice@mail.example\r\n", "Date: Mon, 2 Nov 2026 09:05:07 +0000\r\n")
                .endsWith("\r\n\r\n" + text(MailContent.of(body(WRITTEN))));
    }

    @Test
    void an_encrypted_answer_carries_the_certificate_of_the_key_that_signs_it_outside_and_inside() throws Exception {
        MailContent sent = composer.answer(THREAD, WRITTEN, Carriage.OPENPGP);

        assertThat(sealer.signing).hasValue(TestSigningSubkeys.SUBKEY);
        MailHeader outside = reader.read(sent);
        MailHeader inside = reader.read(MailContent.of(sealer.entity.getBytes(StandardCharsets.UTF_8)));
        for (MailHeader header : List.of(outside, inside)) {
            assertThat(header.fields("Autocrypt")).singleElement().satisfies(field -> {
                String[] attributes = field.getBody().replaceAll("\\s", "").split(";");
                assertThat(attributes).startsWith("addr=k7m2qx@practice.example", "prefer-encrypt=mutual");
                assertThat(Base64.getDecoder().decode(attributes[2].substring("keydata=".length())))
                        .isEqualTo(TestSigningSubkeys.SUBKEY.certificate().encoded());
            });
        }
        assertThat(text(sent).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThan(998));
        assertThat(outside.fields("DKIM-Signature").get(0).getBody()).contains(":autocrypt:");
    }

    @Test
    void inside_stands_every_field_that_was_seen_outside_as_it_was_seen() throws Exception {
        MailHeader outside = reader.read(composer.answer(THREAD, WRITTEN, Carriage.OPENPGP));
        MailHeader inside = reader.read(MailContent.of(sealer.entity.getBytes(StandardCharsets.UTF_8)));

        List<String> seen = outside.fields().stream()
                .filter(field -> !Set.of("DKIM-Signature", "MIME-Version", "Content-Type")
                        .contains(field.getName()))
                .map(field -> field.getName() + ": " + field.getBody())
                .toList();
        assertThat(inside.fields("HP-Outer").stream().map(field -> field.getBody()))
                .containsExactlyElementsOf(seen);
        for (String name : List.of("From", "To", "Date", "Message-ID", "In-Reply-To", "References", "Autocrypt")) {
            assertThat(inside.fields(name)).singleElement().satisfies(field -> assertThat(field.getBody())
                    .isEqualTo(outside.fields(name).get(0).getBody()));
        }
        assertThat(inside.fields("Subject").get(0).getBody())
                .isNotEqualTo(outside.fields("Subject").get(0).getBody());
    }

    @Test
    void an_answer_in_clear_carries_no_certificate_and_a_thread_without_signing_subkey_none_either() throws Exception {
        assertThat(reader.read(composer.answer(THREAD, WRITTEN, Carriage.TLS)).fields("Autocrypt"))
                .isEmpty();

        subkeys.subkey = Optional.empty();
        MailContent sent = composer.answer(THREAD, WRITTEN, Carriage.OPENPGP);
        assertThat(reader.read(sent).fields("Autocrypt")).isEmpty();
        assertThat(sealer.signing).isEmpty();
        assertThat(sealer.entity).contains("hp=\"cipher\"").doesNotContain("Autocrypt");
    }

    @Test
    void a_raw_8_bit_subject_is_encoded() throws Exception {
        MailContent sent = composer.answer(THREAD, mail("Subject: Grüße", "", "x"), Carriage.TLS);

        assertThat(text(sent)).contains("Subject: =?UTF-8?B?R3LDvMOfZQ==?=\r\n");
    }

    private static byte[] body(MailContent content) {
        return Arrays.copyOfRange(content.octets(), content.headerSize(), content.size());
    }

    private static String text(MailContent content) {
        return new String(content.octets(), StandardCharsets.UTF_8);
    }

    /** Encodes instead of encrypting, and remembers what it was given. */
    private static final class ArmoringSealer implements Sealer {

        private String entity = "";
        private Optional<SigningSubkey> signing = Optional.empty();

        @Override
        public SealedMessage seal(MailContent content, Readers readers) {
            throw new IllegalStateException("the composer seals nothing at rest");
        }

        @Override
        public byte[] encryptForCarriage(byte[] plain, Certificate recipient, Optional<SigningSubkey> by) {
            signing = by;
            entity = new String(plain, StandardCharsets.UTF_8);
            String armor = Base64.getMimeEncoder().encodeToString(plain);
            return ("-----BEGIN PGP MESSAGE-----\r\n\r\n" + armor + "\r\n-----END PGP MESSAGE-----\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public boolean canEncryptTo(Certificate recipient) {
            return true;
        }

        @Override
        public boolean isEncryptedTo(byte[] openPgpMessage, Certificate certificate) {
            return false;
        }
    }
}
