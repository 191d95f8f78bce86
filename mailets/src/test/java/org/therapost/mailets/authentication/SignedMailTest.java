package org.therapost.mailets.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.therapost.mailets.TestPeople.ALICE;
import static org.therapost.mailets.TestPeople.THREAD;
import static org.therapost.mailets.TestPeople.ip;
import static org.therapost.mailets.TestPeople.mail;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.addresses.ReversePath;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.conversation.incoming.AuthenticSender;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.TestPeople;
import org.therapost.mailets.dns.TestDns;
import org.therapost.mailets.mime.SigningFixture;

/** Mail that only its signature speaks for, from a host that nobody knows. */
class SignedMailTest {

    private static final SigningKey KEY = TestPeople.signingKey("mail.example", 2048);
    private static final String DATE = "Date: Mon, 23 Nov 2026 09:00:00 +0000";
    private static final String FROM = "From: Alice <alice@mail.example>";
    private static final String TO = "To: " + THREAD.address().value();

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

    @Test
    void what_it_covers_is_alices_and_the_rest_is_not() throws Exception {
        AuthenticSender sender = authenticate(
                SigningFixture.sign(mail(FROM, TO, "Subject: x", DATE, "Reply-To: m@m.example", "", "x"), KEY));

        assertThat(sender.address()).isEqualTo(ALICE);
        assertThat(sender.fields().covers("Subject")).isTrue();
        assertThat(sender.fields().covers("Reply-To")).isFalse();
        assertThat(sender.fields().covers("In-Reply-To")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from",
                "from:subject:date",
                "from:to:subject",
                "from:to:date",
                "to:subject:date",
                "from:subject:date:reply-to"
            })
    void a_signature_that_leaves_out_what_matters_does_not_prove_the_mail(String fields) {
        MailContent signed = SigningFixture.by(KEY).fields(fields).sign(honest());

        assertRefused(fields.contains("from") ? Refusal.NOT_PROVED : Refusal.NOT_AUTHENTIC, () -> authenticate(signed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from:from:to:to:subject:subject:date:date:cc:reply-to",
                "From:To:Subject:Date",
                "date:subject:from:cc:to:message-id"
            })
    void fields_that_are_signed_more_often_than_they_occur_are_signed(String fields) throws Exception {
        assertThat(authenticate(SigningFixture.by(KEY).fields(fields).sign(honest()))
                        .address())
                .isEqualTo(ALICE);
    }

    @Test
    void cc_may_name_the_thread_instead() throws Exception {
        MailContent mail = mail(
                FROM,
                "To: bruno@mail.example",
                "Cc: \"Dr B\" <" + THREAD.address().value() + ">",
                "Subject: x",
                DATE,
                "",
                "x");

        assertThat(authenticate(SigningFixture.by(KEY)
                                .fields("from:to:cc:subject:date")
                                .sign(mail))
                        .address())
                .isEqualTo(ALICE);
        assertRefused(Refusal.NOT_PROVED, () -> authenticate(SigningFixture.sign(mail, KEY)));
    }

    @Test
    void a_mail_to_somebody_else_that_is_handed_to_the_thread_is_refused_unless_her_own_server_hands_it_over()
            throws Exception {
        MailContent toAnother =
                SigningFixture.sign(mail(FROM, "To: someone@else.example", "Subject: x", DATE, "", "x"), KEY);
        assertRefused(Refusal.NOT_PROVED, () -> authenticate(toAnother));

        records.txt("mail.example", "v=spf1 ip4:203.0.113.7 -all");
        assertThat(TestSenders.of(records)
                        .authenticate(new ArrivedMail(
                                new ArrivedMail.Envelope(
                                        ip("203.0.113.7"), "h.example", Optional.of(ReversePath.of(ALICE)), to()),
                                Optional.empty(),
                                toAnother))
                        .fields()
                        .covers("Reply-To"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From",
                "Sender",
                "Reply-To",
                "To",
                "CC",
                "Subject",
                "Date",
                "Message-Id",
                "In-Reply-To",
                "References",
                "Content-Type",
                "MIME-Version",
                "Content-Transfer-Encoding"
            })
    void a_field_that_may_stand_once_stands_once(String name) {
        String field = name + ": <a@mail.example>";
        MailContent signed = SigningFixture.sign(
                mail(
                        List.of(FROM, TO, "Subject: x", DATE).stream()
                                .filter(line -> !line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                                .toArray(String[]::new)[0],
                        field,
                        field.toLowerCase(java.util.Locale.ROOT),
                        TO,
                        "",
                        "x"),
                KEY);

        assertRefused(Refusal.REPEATED_FIELD, () -> authenticate(signed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "\r\n\r\n", " \r\n\t\r\n", "x", "x  y \r\n\r\n", "\r\nx\r\n \r\n"})
    void every_body_has_its_canonical_form(String body) throws Exception {
        for (String form : List.of("relaxed/relaxed", "relaxed/simple", "simple/simple", "simple/relaxed")) {
            MailContent mail =
                    MailContent.of((String.join("\r\n", FROM, TO, "Subject:  two  words ", DATE) + "\r\n\r\n" + body)
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(authenticate(SigningFixture.by(KEY)
                                    .canonicalization(form)
                                    .sign(mail))
                            .address())
                    .as(form)
                    .isEqualTo(ALICE);
        }
    }

    @Test
    void ed25519_counts() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] info = pair.getPublic().getEncoded();
        records.txt(
                "ed._domainkey.mail.example",
                "v=DKIM1; k=ed25519; p="
                        + Base64.getEncoder().encodeToString(Arrays.copyOfRange(info, info.length - 32, info.length)));
        MailContent signed = SigningFixture.byEd25519("mail.example", "ed", pair.getPrivate())
                .sign(honest());
        assertThat(authenticate(signed).address()).isEqualTo(ALICE);

        byte[] changed = signed.octets().clone();
        changed[changed.length - 3] ^= 1;
        assertRefused(Refusal.NOT_AUTHENTIC, () -> authenticate(MailContent.of(changed)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s=tlsrpt; ", "t=y; ", "t=y:s; ", "h=sha1; ", "k=ed25519; ", "s=other:tlsrpt; "})
    void a_key_that_is_not_for_this_proves_nothing(String tags) {
        records.forget(KEY.recordName())
                .txt(
                        KEY.recordName(),
                        KEY.recordText()
                                .replace("v=DKIM1; ", "v=DKIM1; " + tags)
                                .replace("k=rsa; ", tags.startsWith("k") ? "" : "k=rsa; "));

        assertRefused(Refusal.NOT_AUTHENTIC, () -> authenticate(SigningFixture.sign(honest(), KEY)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s=email; ", "s=*; ", "s=tlsrpt:email; ", "t=s; ", "h=sha1:sha256; ", "n=a note; "})
    void a_key_that_is_for_mail_proves_it(String tags) throws Exception {
        records.forget(KEY.recordName())
                .txt(KEY.recordName(), KEY.recordText().replace("v=DKIM1; ", "v=DKIM1; " + tags));

        assertThat(authenticate(SigningFixture.sign(honest(), KEY)).address()).isEqualTo(ALICE);
    }

    @Test
    void a_strict_key_does_not_speak_for_a_subdomain_in_i() {
        records.forget(KEY.recordName()).txt(KEY.recordName(), KEY.recordText().replace("v=DKIM1; ", "v=DKIM1; t=s; "));

        assertRefused(
                Refusal.NOT_AUTHENTIC,
                () -> authenticate(SigningFixture.by(KEY)
                        .tags("i=alice@sub.mail.example; ")
                        .sign(honest())));
    }

    @Test
    void a_revoked_key_proves_nothing() {
        records.forget(KEY.recordName()).txt(KEY.recordName(), "v=DKIM1; k=rsa; p=");

        assertRefused(Refusal.NOT_AUTHENTIC, () -> authenticate(SigningFixture.sign(honest(), KEY)));
    }

    @Test
    void clocks_differ_and_a_signature_of_the_future_is_looked_at_later() throws Exception {
        Instant now = Instant.now();
        assertThat(authenticate(SigningFixture.by(KEY)
                                .tags("t=" + now.plusSeconds(20).getEpochSecond() + "; ")
                                .sign(honest()))
                        .address())
                .isEqualTo(ALICE);

        MailContent later = SigningFixture.by(KEY)
                .tags("t=" + now.plusSeconds(3600).getEpochSecond() + "; ")
                .sign(honest());
        assertThatThrownBy(() -> authenticate(later)).isInstanceOf(CannotTellException.class);
        assertThat(TestSenders.of(records, TrustedNetworks.NONE, Clock.offset(Clock.systemUTC(), Duration.ofHours(2)))
                        .authenticate(arrived(later))
                        .address())
                .isEqualTo(ALICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x=1; ", "t=1000; x=1000; ", "t=99999999999999999999; ", "l=3; ", "q=http/x; "})
    void a_signature_that_has_expired_or_says_nonsense_is_none(String tags) {
        assertRefused(
                Refusal.NOT_AUTHENTIC,
                () -> authenticate(SigningFixture.by(KEY).tags(tags).sign(honest())));
    }

    @Test
    void stale_signatures_before_a_good_one_do_not_hide_it() throws Exception {
        SigningKey old = TestPeople.signingKey("mail.example", 1024);
        MailContent mail = SigningFixture.sign(honest(), KEY);
        for (int i = 0; i < 15; i++) {
            mail = SigningFixture.sign(mail, old);
        }
        assertThat(authenticate(mail).address()).isEqualTo(ALICE);

        for (int i = 0; i < 10; i++) {
            mail = SigningFixture.sign(mail, old);
        }
        MailContent tooMany = mail;
        assertRefused(Refusal.NOT_AUTHENTIC, () -> authenticate(tooMany));
    }

    @Test
    void the_letters_b_and_equals_inside_of_another_tag_are_no_signature() throws Exception {
        assertThat(authenticate(SigningFixture.by(KEY)
                                .tags("z=Subject:ab=20c|X:b=3D; ")
                                .sign(honest()))
                        .address())
                .isEqualTo(ALICE);
    }

    private static MailContent honest() {
        return mail(FROM, TO, "Subject: Monday", DATE, "", "I slept well.");
    }

    private AuthenticSender authenticate(MailContent content) throws RefusedException, CannotTellException {
        return TestSenders.of(records).authenticate(arrived(content));
    }

    private static ArrivedMail arrived(MailContent content) {
        return new ArrivedMail(
                new ArrivedMail.Envelope(
                        ip("198.51.100.66"), "helo.example", ReversePath.of("list@elsewhere.example"), to()),
                Optional.empty(),
                content);
    }

    private static List<Destination> to() {
        return List.of(new Destination.ToThread(THREAD));
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable authenticating) {
        assertThatThrownBy(authenticating)
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.refusal())
                        .isEqualTo(refusal));
    }
}
