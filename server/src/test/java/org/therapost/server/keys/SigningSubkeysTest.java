package org.therapost.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.therapost.storage.generated.Tables.THREAD_KEY;
import static org.therapost.storage.generated.Tables.THREAD_KEY_SHARE;
import static org.therapost.storage.generated.Tables.WRONG_ROW;

import com.google.inject.util.Modules;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPKeyGenerator;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.domain.access.ReaderLogin;
import org.therapost.domain.access.ReaderLogins;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.carriage.Composer;
import org.therapost.domain.carriage.SigningSubkeys;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.MessageReaders;
import org.therapost.domain.enrolment.ChangeClientKeys;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.record.CertificateBindings.ThreadCertificate;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.domain.sealing.keys.NewKey;
import org.therapost.domain.sealing.keys.NewThreadKey;
import org.therapost.domain.sealing.keys.OpenPgpKeys;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.SealedKey;
import org.therapost.openpgp.BouncyCastleKeys;
import org.therapost.server.TestClientKeys;
import org.therapost.server.TestServer;
import org.therapost.server.TestTherapists;
import org.therapost.server.process.TherapostServer;
import org.therapost.storage.people.BoundCertificates;
import org.therapost.storage.postgres.Database;

/** Threads that an earlier release enrolled, whose key signs nothing, and what the therapist's next login makes of them. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SigningSubkeysTest {

    private static final String PASSWORD = "a long walk by the river";
    private static final MailContent WORDS =
            MailContent.of("Subject: Thursday\r\n\r\nI slept better.\r\n".getBytes(UTF_8));

    private final OpenPgpKeys keys = new BouncyCastleKeys(Clock.systemUTC());
    private TherapostServer server;
    private int therapists;

    @BeforeAll
    void a_practice_opens(@TempDir Path data) throws Exception {
        server = TestServer.start(data, Modules.EMPTY_MODULE);
        server.part(Enrolment.class).addPractice("practice.example");
    }

    @AfterAll
    void the_practice_closes() {
        server.close();
    }

    @Test
    void mail_of_a_new_thread_is_signed_from_the_first_one_on_in_either_custody() throws Exception {
        for (EmailAddress therapist : List.of(bloom(), klee())) {
            ClientThread thread = enrol(therapist, "alice");

            assertThat(certificate(thread).getSigningKeys()).hasSize(1);
            assertThat(isSigned(thread)).isTrue();
            assertThat(missing(thread)).isEmpty();
        }
    }

    @Test
    void a_thread_of_an_earlier_release_signs_from_its_therapists_next_login_on_and_nothing_becomes_unreadable()
            throws Exception {
        EmailAddress bloom = bloom();
        ClientThread thread = enrol(bloom, "alice");
        NewKey old = makeOld(thread);
        SealedMessage before = sealed(thread);
        assertThat(isSigned(thread)).isFalse();

        try (ReaderLogin login = logIn(bloom)) {
            await().until(() -> missing(thread).isEmpty());
            assertThat(content(login, before)).isEqualTo(WORDS.octets());
            assertThat(content(login, sealed(thread))).isEqualTo(WORDS.octets());
        }
        assertThat(isSigned(thread)).isTrue();
        assertThat(keys.fingerprint(thread(thread).key())).isEqualTo(keys.fingerprint(old.certificate()));
        assertThat(keys.encryptionKeyId(thread(thread).key())).isEqualTo(keys.encryptionKeyId(old.certificate()));
        try (ReaderLogin login = logIn(bloom)) {
            assertThat(content(login, before)).isEqualTo(WORDS.octets());
        }
    }

    @Test
    void a_thread_whose_share_is_damaged_does_not_keep_the_others_from_theirs_and_gets_its_own_later()
            throws Exception {
        EmailAddress bloom = bloom();
        ClientThread alices = enrol(bloom, "alice");
        ClientThread brunos = enrol(bloom, "bruno");
        makeOld(alices);
        makeOld(brunos);
        byte[] share = share(alices);
        setShare(alices, new byte[] {1, 2, 3});

        ReaderLogin first = logIn(bloom);
        await().until(() -> missing(brunos).isEmpty());
        first.close();
        await().until(() -> server.part(ReaderLogins.class).open() == 0);
        assertThat(missing(alices)).isPresent();
        assertThat(isSigned(alices)).isFalse();

        setShare(alices, share);
        ReaderLogin second = logIn(bloom);
        await().until(() -> missing(alices).isEmpty());
        second.close();
        assertThat(isSigned(alices)).isTrue();
    }

    @Test
    void of_two_processes_that_make_a_subkey_the_first_one_counts() throws Exception {
        EmailAddress bloom = bloom();
        ClientThread thread = enrol(bloom, "alice");
        NewKey old = makeOld(thread);
        SigningSubkeys subkeys = server.part(SigningSubkeys.class);
        SigningSubkeys.Missing seen = missing(thread).orElseThrow();
        // The other process has seen the same thread before the first one was done.
        try (ReaderLogin login = logIn(bloom)) {
            await().until(() -> missing(thread).isEmpty());
            Certificate first = thread(thread).key();
            var late = server.part(ReaderLogins.class)
                    .view(login.account())
                    .orElseThrow()
                    .addSigningSubkey(old.certificate(), seen.keyId(), Instant.now())
                    .orElseThrow();
            subkeys.add(seen, late);
            assertThat(thread(thread).key()).isEqualTo(first).isNotEqualTo(late.certificate());
        }
        assertThat(isSigned(thread)).isTrue();
    }

    @Test
    void in_custody_own_the_thread_gets_its_next_key_and_the_one_before_stays_with_its_share() throws Exception {
        EmailAddress klee = klee();
        ClientThread thread = enrol(klee, "alice");
        NewKey old = makeOld(thread);
        long before = keys.encryptionKeyId(old.certificate());

        logIn(klee).close();
        await().until(() -> missing(thread).isEmpty());

        assertThat(isSigned(thread)).isTrue();
        long next = keys.encryptionKeyId(thread(thread).key());
        assertThat(next).isNotEqualTo(before);
        assertThat(sql().fetchValues(sql().select(THREAD_KEY_SHARE.KEY_ID)
                        .from(THREAD_KEY_SHARE)
                        .where(THREAD_KEY_SHARE.THREAD_ID.eq(thread.id().value()))))
                .containsExactlyInAnyOrder(before, next);
        logIn(klee).close();
        assertThat(keys.encryptionKeyId(thread(thread).key())).isEqualTo(next);
    }

    @Test
    void a_forged_key_with_a_share_that_opens_is_not_bound_at_the_next_login_and_the_other_threads_get_their_subkeys()
            throws Exception {
        for (EmailAddress therapist : List.of(bloom(), klee())) {
            ClientThread alices = enrol(therapist, "alice");
            ClientThread brunos = enrol(therapist, "bruno");
            makeOld(brunos);
            // Whoever owns the database has the therapist's certificate, and can seal any secret to it.
            NewKey mallorys = makeOld(alices);
            unbind(alices);

            logIn(therapist).close();
            await().until(() -> missing(brunos).isEmpty());

            assertThat(isSigned(brunos)).isTrue();
            assertThat(key(alices).get(THREAD_KEY.CERTIFICATE))
                    .isEqualTo(mallorys.certificate().encoded());
            assertThat(key(alices).get(THREAD_KEY.BINDING)).as("not bound").isNull();
            assertThat(key(alices).get(THREAD_KEY.SIGNING_SUBKEY_SEALED)).isNull();
            assertThatThrownBy(() -> thread(alices)).isInstanceOf(CannotTellException.class);
            assertThat(sql().fetchCount(
                                    WRONG_ROW,
                                    WRONG_ROW.THREAD_ID.eq(alices.id().value())))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_key_that_is_put_there_between_the_look_and_the_change_is_not_bound() throws Exception {
        EmailAddress bloom = bloom();
        ClientThread thread = enrol(bloom, "alice");
        SigningSubkeys subkeys = server.part(SigningSubkeys.class);
        makeOld(thread);
        SigningSubkeys.Missing seen = missing(thread).orElseThrow();
        SigningSubkey made;
        try (NewThreadKey another = keys.generateForThread(thread.address())) {
            made = another.signing();
        }
        byte[] mallorys = keys.generate(thread.address().value()).certificate().encoded();
        sql().update(THREAD_KEY)
                .set(THREAD_KEY.CERTIFICATE, mallorys)
                .where(THREAD_KEY.THREAD_ID.eq(thread.id().value()))
                .execute();
        subkeys.add(seen, made);
        assertThat(key(thread).get(THREAD_KEY.CERTIFICATE)).isEqualTo(mallorys);
        sql().update(THREAD_KEY)
                .set(THREAD_KEY.CERTIFICATE, seen.certificate().encoded())
                .setNull(THREAD_KEY.BINDING)
                .where(THREAD_KEY.THREAD_ID.eq(thread.id().value()))
                .execute();
        subkeys.add(seen, made);
        assertThat(key(thread).get(THREAD_KEY.BINDING)).isNull();
    }

    private Record key(ClientThread thread) {
        return sql().selectFrom(THREAD_KEY)
                .where(THREAD_KEY.THREAD_ID.eq(thread.id().value()))
                .fetchSingle();
    }

    private void unbind(ClientThread thread) {
        sql().update(THREAD_KEY)
                .setNull(THREAD_KEY.BINDING)
                .where(THREAD_KEY.THREAD_ID.eq(thread.id().value()))
                .execute();
    }

    private EmailAddress bloom() throws Exception {
        String address = "bloom" + ++therapists + "@practice.example";
        return TestTherapists.add(server::part, address, "Dr Bloom", PASSWORD).address();
    }

    private EmailAddress klee() throws Exception {
        String address = "klee" + ++therapists + "@practice.example";
        return TestTherapists.addOwn(
                        server::part,
                        address,
                        "Dr Klee",
                        PASSWORD,
                        keys.generate(address).certificate())
                .address();
    }

    private ClientThread enrol(EmailAddress therapist, String client) throws Exception {
        Enrolment enrolment = server.part(Enrolment.class);
        String mailbox = client + therapists + "@provider.example";
        String address = enrolment
                .addClient(therapist.value(), mailbox, client)
                .address()
                .value();
        byte[] key = new OpenPGPKeyGenerator(
                        new BcOpenPGPImplementation(), PublicKeyPacket.VERSION_4, false, Date.from(Instant.now()))
                .classicKey(mailbox)
                .build()
                .toCertificate()
                .getEncoded();
        server.part(ChangeClientKeys.class).add(address, key, false);
        TestClientKeys.confirm(server::part, address);
        return enrolment.thread(address);
    }

    /** As the releases before made it: the primary key signs too, and nothing signs mail. */
    private NewKey makeOld(ClientThread thread) {
        NewKey old = keys.generate(thread.address().value());
        long keyId = keys.encryptionKeyId(old.certificate());
        SealedKey share = keys.share(old.secret(), thread.therapist().certificate());
        sql().transaction(transaction -> {
            DSLContext tx = transaction.dsl();
            tx.deleteFrom(THREAD_KEY_SHARE)
                    .where(THREAD_KEY_SHARE.THREAD_ID.eq(thread.id().value()))
                    .execute();
            tx.update(THREAD_KEY)
                    .set(THREAD_KEY.KEY_ID, keyId)
                    .set(THREAD_KEY.CERTIFICATE, old.certificate().encoded())
                    .set(
                            THREAD_KEY.BINDING,
                            new BoundCertificates(server.part(ServerKey.class))
                                    .binding(new ThreadCertificate(
                                            thread.id(),
                                            thread.therapist().id(),
                                            thread.address(),
                                            keyId,
                                            old.certificate())))
                    .setNull(THREAD_KEY.SIGNING_SUBKEY_SEALED)
                    .where(THREAD_KEY.THREAD_ID.eq(thread.id().value()))
                    .execute();
            tx.insertInto(THREAD_KEY_SHARE)
                    .columns(
                            THREAD_KEY_SHARE.THREAD_ID,
                            THREAD_KEY_SHARE.KEY_ID,
                            THREAD_KEY_SHARE.READER_KEY_ID,
                            THREAD_KEY_SHARE.SEALED_SECRET)
                    .values(thread.id().value(), keyId, share.readerKeyId(), share.octets())
                    .execute();
        });
        return old;
    }

    private byte[] share(ClientThread thread) {
        return sql().select(THREAD_KEY_SHARE.SEALED_SECRET)
                .from(THREAD_KEY_SHARE)
                .where(THREAD_KEY_SHARE.THREAD_ID.eq(thread.id().value()))
                .fetchSingle()
                .value1();
    }

    private void setShare(ClientThread thread, byte[] share) {
        sql().update(THREAD_KEY_SHARE)
                .set(THREAD_KEY_SHARE.SEALED_SECRET, share)
                .where(THREAD_KEY_SHARE.THREAD_ID.eq(thread.id().value()))
                .execute();
    }

    private ReaderLogin logIn(EmailAddress therapist) throws Exception {
        ReaderLogins readers = server.part(ReaderLogins.class);
        return readers.begin(therapist, Password.offered(PASSWORD)).orElseThrow();
    }

    private byte[] content(ReaderLogin login, SealedMessage message) throws Exception {
        return server.part(ReaderLogins.class)
                .view(login.account())
                .orElseThrow()
                .content(message)
                .octets();
    }

    private SealedMessage sealed(ClientThread thread) throws Exception {
        return server.part(Sealer.class)
                .seal(
                        WORDS,
                        MessageReaders.ofThread(
                                thread(thread), thread.address(), "<1@provider.example>", Instant.now()));
    }

    private boolean isSigned(ClientThread thread) throws Exception {
        MailContent composed = server.part(Composer.class).answer(thread(thread), WORDS, Carriage.OPENPGP);
        String header = new String(composed.header(), UTF_8);
        assertThat(header).contains("multipart/encrypted");
        boolean carries =
                header.contains("\r\nAutocrypt: addr=" + thread.address().value());
        assertThat(carries)
                .isEqualTo(server.part(SigningSubkeys.class).of(thread.id()).isPresent());
        return carries;
    }

    private Optional<SigningSubkeys.Missing> missing(ClientThread thread) throws Exception {
        return server.part(SigningSubkeys.class).missing(thread.therapist()).stream()
                .filter(key -> key.thread().equals(thread.id()))
                .findFirst();
    }

    private ClientThread thread(ClientThread thread) throws Exception {
        return server.part(Enrolment.class).thread(thread.address().value());
    }

    private OpenPGPCertificate certificate(ClientThread thread) throws Exception {
        return new OpenPGPKeyReader().parseCertificate(thread(thread).key().encoded());
    }

    private DSLContext sql() {
        return server.part(Database.class).sql();
    }
}
