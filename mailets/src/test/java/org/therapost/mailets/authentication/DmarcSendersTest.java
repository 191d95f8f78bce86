package org.therapost.mailets.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.therapost.mailets.TestPeople.ALICE;
import static org.therapost.mailets.TestPeople.THREAD;
import static org.therapost.mailets.TestPeople.ip;
import static org.therapost.mailets.TestPeople.mail;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.addresses.ReversePath;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.TestPeople;
import org.therapost.mailets.dns.TestDns;
import org.therapost.mailets.mime.SigningFixture;

class DmarcSendersTest {

    private static final String ALICES_SERVER = "192.0.2.10";
    private static final String MALLORYS_SERVER = "198.51.100.66";
    private static final SigningKey KEY = TestPeople.signingKey("mail.example", 2048);

    private final Clock clock = Clock.systemUTC();
    private TestDns records;
    private DmarcSenders senders;

    @BeforeEach
    void start() throws Exception {
        records = TestDns.start();
        senders = senders(TrustedNetworks.NONE);
    }

    @AfterEach
    void stop() {
        records.close();
    }

    @Test
    void mail_from_a_host_that_the_authors_domain_names_is_authentic() throws Exception {
        records.txt("mail.example", "v=spf1 ip4:192.0.2.0/24 -all");

        assertThat(senders.authenticate(arrived(ALICES_SERVER, "alice@mail.example", fromAlice()))
                        .address())
                .isEqualTo(ALICE);
    }

    @Test
    void spf_by_mx_and_include_is_followed() throws Exception {
        records.txt("mail.example", "v=spf1 include:_spf.provider.example -all")
                .txt("_spf.provider.example", "v=spf1 a:none.provider.example mx -all")
                .mx("_spf.provider.example", 10, "out.provider.example")
                .address("out.provider.example", ALICES_SERVER);

        assertThat(senders.authenticate(arrived(ALICES_SERVER, "alice@mail.example", fromAlice()))
                        .address())
                .isEqualTo(ALICE);
    }

    @Test
    void a_forged_author_is_refused() {
        records.txt("mail.example", "v=spf1 ip4:192.0.2.0/24 -all");

        assertNotAuthentic(() -> senders.authenticate(arrived(MALLORYS_SERVER, "alice@mail.example", fromAlice())));
    }

    @Test
    void an_spf_pass_of_another_domain_proves_nothing() {
        records.txt("mallory.example", "v=spf1 ip4:198.51.100.66 -all");

        assertNotAuthentic(() -> senders.authenticate(arrived(MALLORYS_SERVER, "m@mallory.example", fromAlice())));
    }

    @Test
    void a_domain_without_any_record_proves_nothing() {
        assertNotAuthentic(() -> senders.authenticate(arrived(ALICES_SERVER, "alice@mail.example", fromAlice())));
    }

    @Test
    void a_subdomain_is_aligned_unless_the_domain_asks_for_strict_alignment() throws Exception {
        records.txt("bounce.mail.example", "v=spf1 ip4:192.0.2.10 -all");
        ArrivedMail mail = arrived(ALICES_SERVER, "b@bounce.mail.example", fromAlice());
        assertThat(senders.authenticate(mail).address()).isEqualTo(ALICE);

        records.txt("_dmarc.mail.example", "v=DMARC1; p=none; aspf=s");
        DmarcSenders later = senders(TrustedNetworks.NONE);
        assertNotAuthentic(() -> later.authenticate(mail));
    }

    @Test
    void an_empty_envelope_sender_is_judged_by_helo() throws Exception {
        records.txt("mail.example", "v=spf1 ip4:192.0.2.10 -all");
        ArrivedMail mail = new ArrivedMail(
                new ArrivedMail.Envelope(ip(ALICES_SERVER), "mail.example", Optional.empty(), toThread()),
                Optional.empty(),
                fromAlice());

        assertThat(senders.authenticate(mail).address()).isEqualTo(ALICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a..b.@mail.example",
                ".a@mail.example",
                "\"a@mallory.example\"@mail.example",
                "\"two words\"@mail.example",
                "müller@mail.example",
                "bounces+0123456789abcdef0123456789abcdef-0123456789abcdef0123456789abcdef@mail.example"
            })
    void a_strange_envelope_sender_is_judged_by_its_domain_and_never_by_helo(String sender) throws Exception {
        records.txt("mail.example", "v=spf1 ip4:192.0.2.10 -all").txt("helo.example", "v=spf1 ip4:198.51.100.66 -all");

        assertThat(senders.authenticate(arrived(ALICES_SERVER, sender, fromAlice()))
                        .address())
                .isEqualTo(ALICE);
        assertNotAuthentic(() -> senders.authenticate(arrived(MALLORYS_SERVER, sender, fromAlice())));
        assertNotAuthentic(() -> senders.authenticate(arrived(
                MALLORYS_SERVER, sender, mail("From: alice@helo.example", "Subject: x", "", "Proved by HELO only."))));
    }

    @Test
    void silence_of_dns_is_no_answer() {
        records.failing("mail.example");

        assertThatThrownBy(() -> senders.authenticate(arrived(ALICES_SERVER, "alice@mail.example", fromAlice())))
                .isInstanceOf(CannotTellException.class);
    }

    @Test
    void an_unanswered_dmarc_record_is_no_licence_to_relax() {
        records.txt("bounce.mail.example", "v=spf1 ip4:192.0.2.10 -all").failing("_dmarc.mail.example");

        assertThatThrownBy(() -> senders.authenticate(arrived(ALICES_SERVER, "b@bounce.mail.example", fromAlice())))
                .isInstanceOf(CannotTellException.class);
    }

    @Test
    void a_good_signature_is_authentic_from_anywhere() throws Exception {
        records.txt(KEY.recordName(), KEY.recordText());
        MailContent signed = SigningFixture.sign(fromAlice(), KEY);

        assertThat(senders.authenticate(arrived(MALLORYS_SERVER, "list@elsewhere.example", signed))
                        .address())
                .isEqualTo(ALICE);
    }

    @Test
    void a_changed_body_breaks_the_signature() {
        records.txt(KEY.recordName(), KEY.recordText());
        byte[] octets = SigningFixture.sign(fromAlice(), KEY).octets().clone();
        octets[octets.length - 4] ^= 1;

        assertNotAuthentic(
                () -> senders.authenticate(arrived(MALLORYS_SERVER, "x@elsewhere.example", MailContent.of(octets))));
    }

    @Test
    void a_signature_whose_key_cannot_be_had_now_is_no_answer() {
        records.failing(KEY.recordName());
        MailContent signed = SigningFixture.sign(fromAlice(), KEY);

        assertThatThrownBy(() -> senders.authenticate(arrived(MALLORYS_SERVER, "x@elsewhere.example", signed)))
                .isInstanceOf(CannotTellException.class);
    }

    @Test
    void signatures_by_short_keys_and_by_other_domains_do_not_count() {
        SigningKey weak = TestPeople.signingKey("mail.example", 768);
        SigningKey mallory = TestPeople.signingKey("mallory.example", 1024);
        records.txt(weak.recordName(), weak.recordText()).txt(mallory.recordName(), mallory.recordText());

        assertNotAuthentic(() -> senders.authenticate(
                arrived(MALLORYS_SERVER, "x@mallory.example", SigningFixture.sign(fromAlice(), weak))));
        assertNotAuthentic(() -> senders.authenticate(
                arrived(MALLORYS_SERVER, "x@mallory.example", SigningFixture.sign(fromAlice(), mallory))));
    }

    @Test
    void a_signature_over_a_part_of_the_body_does_not_count() {
        records.txt(KEY.recordName(), KEY.recordText());
        MailContent signed = SigningFixture.by(KEY).tags("l=3; ").sign(fromAlice());

        assertNotAuthentic(() -> senders.authenticate(arrived(MALLORYS_SERVER, "x@elsewhere.example", signed)));
    }

    @Test
    void two_authors_are_nobody_even_from_a_trusted_network() {
        DmarcSenders trusting = senders(TrustedNetworks.of(List.of("198.51.100.0/24", "2001:db8::/32")));

        assertNotAuthentic(() -> trusting.authenticate(arrived(
                MALLORYS_SERVER,
                "alice@mail.example",
                mail("From: alice@mail.example, mallory@mallory.example", "", "Hello"))));
        assertRefused(
                Refusal.REPEATED_FIELD,
                () -> trusting.authenticate(arrived(
                        MALLORYS_SERVER,
                        "alice@mail.example",
                        mail("From: alice@mail.example", "From: mallory@mallory.example", "", "Hello"))));
    }

    @Test
    void a_trusted_network_is_believed() throws Exception {
        DmarcSenders trusting = senders(TrustedNetworks.of(List.of("198.51.100.0/24")));

        assertThat(trusting.authenticate(arrived(MALLORYS_SERVER, "x@elsewhere.example", fromAlice()))
                        .address())
                .isEqualTo(ALICE);
    }

    @Test
    void organizational_domains_follow_the_public_suffix_list() {
        assertThat(alignment("mail.a.co.uk", "a.co.uk")).isEqualTo(DomainAlignment.ORGANIZATIONAL);
        assertThat(alignment("a.co.uk", "b.co.uk")).isEqualTo(DomainAlignment.NONE);
        assertThat(alignment("co.uk", "b.co.uk")).isEqualTo(DomainAlignment.NONE);
        assertThat(alignment("x.practice.test", "practice.test")).isEqualTo(DomainAlignment.ORGANIZATIONAL);
        // A wildcard with an exception: *.ck, !www.ck
        assertThat(alignment("a.b.ck", "c.b.ck")).isEqualTo(DomainAlignment.NONE);
        assertThat(alignment("a.www.ck", "www.ck")).isEqualTo(DomainAlignment.ORGANIZATIONAL);
        // The list writes U-labels, mail A-labels.
        assertThat(alignment("a.xn--55qx5d.cn", "b.xn--55qx5d.cn")).isEqualTo(DomainAlignment.NONE);
        assertThat(alignment("a.b.xn--55qx5d.cn", "b.xn--55qx5d.cn")).isEqualTo(DomainAlignment.ORGANIZATIONAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hf.space", "github.io", "herokuapp.com", "co.uk", "s3.amazonaws.com", "pages.dev"})
    void neighbours_under_a_public_suffix_prove_nothing_for_each_other(String suffix) {
        records.txt("mallory." + suffix, "v=spf1 ip4:198.51.100.66 -all").txt(suffix, "v=spf1 ip4:198.51.100.66 -all");
        MailContent forged =
                mail("From: alice@alice." + suffix, "Subject: x", "Date: Mon, 23 Nov 2026 09:00:00 +0000", "", "x");

        assertNotAuthentic(() -> senders.authenticate(arrived(MALLORYS_SERVER, "mallory@mallory." + suffix, forged)));
        assertNotAuthentic(() -> senders.authenticate(arrived(MALLORYS_SERVER, "mallory@" + suffix, forged)));
    }

    @Test
    void the_authors_own_dmarc_record_decides_and_not_that_above_it() throws Exception {
        ArrivedMail mail = arrived(
                ALICES_SERVER,
                "b@bounce.clinic.mail.example",
                mail("From: alice@clinic.mail.example", "Subject: x", "", "x"));
        records.txt("bounce.clinic.mail.example", "v=spf1 ip4:192.0.2.10 -all")
                .txt("_dmarc.clinic.mail.example", "v=DMARC1; p=none; aspf=r")
                .txt("_dmarc.mail.example", "v=DMARC1; p=reject; aspf=s");
        assertThat(senders.authenticate(mail).address().domain()).isEqualTo("clinic.mail.example");

        records.forget("_dmarc.clinic.mail.example");
        assertNotAuthentic(() -> senders(TrustedNetworks.NONE).authenticate(mail));
    }

    @ParameterizedTest
    @CsvSource({
        "v=DMARC1; aspf=s, false",
        "v=DMARC1;p=none;ASPF = S ;, false",
        "v=DMARC1; p=none; aspf=r; aspf=s, false",
        "v=DMARC1; p=none; adkim=s, true",
        "v=DMARC1; p=none; aspf=strict, true",
        "p=none; v=DMARC1; aspf=s, true",
        "v=DMARC10; aspf=s, true",
        "v=DMARC1, true"
    })
    void a_dmarc_record_is_read_by_its_tags(String record, boolean relaxed) throws Exception {
        records.txt("bounce.mail.example", "v=spf1 ip4:192.0.2.10 -all").txt("_dmarc.mail.example", record);
        ArrivedMail mail = arrived(ALICES_SERVER, "b@bounce.mail.example", fromAlice());

        if (relaxed) {
            assertThat(senders.authenticate(mail).address()).isEqualTo(ALICE);
        } else {
            assertNotAuthentic(() -> senders.authenticate(mail));
        }
    }

    @Test
    void several_dmarc_records_are_none() throws Exception {
        records.txt("bounce.mail.example", "v=spf1 ip4:192.0.2.10 -all")
                .txt("_dmarc.mail.example", "v=DMARC1; aspf=s")
                .txt("_dmarc.mail.example", "v=DMARC1; aspf=s; p=none");

        assertThat(senders.authenticate(arrived(ALICES_SERVER, "b@bounce.mail.example", fromAlice()))
                        .address())
                .isEqualTo(ALICE);
    }

    private static DomainAlignment alignment(String proved, String author) {
        return DomainAlignment.of(proved, author, TestSenders.SUFFIXES);
    }

    private DmarcSenders senders(TrustedNetworks trusted) {
        return TestSenders.of(records, trusted, clock);
    }

    private static MailContent fromAlice() {
        return mail(
                "From: Alice <alice@mail.example>",
                "To: " + THREAD.address().value(),
                "Subject: Monday",
                "Date: Mon, 23 Nov 2026 09:00:00 +0000",
                "",
                "I slept well.");
    }

    private static ArrivedMail arrived(String peer, String sender, MailContent content) {
        return new ArrivedMail(
                new ArrivedMail.Envelope(ip(peer), "helo.example", ReversePath.of(sender), toThread()),
                Optional.empty(),
                content);
    }

    private static List<Destination> toThread() {
        return List.of(new Destination.ToThread(THREAD));
    }

    private static void assertNotAuthentic(ThrowingCallable authenticating) {
        assertRefused(Refusal.NOT_AUTHENTIC, authenticating);
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable authenticating) {
        assertThatThrownBy(authenticating)
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.refusal())
                        .isEqualTo(refusal));
    }
}
