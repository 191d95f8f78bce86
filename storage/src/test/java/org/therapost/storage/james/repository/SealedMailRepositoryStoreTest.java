package org.therapost.storage.james.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.therapost.storage.generated.Tables.MAIL_REPOSITORY;
import static org.therapost.storage.generated.Tables.MAIL_REPOSITORY_ITEM;

import java.nio.charset.StandardCharsets;
import javax.mail.MessagingException;
import org.apache.james.core.builder.MimeMessageBuilder;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.james.mailrepository.api.MailRepositoryPath;
import org.apache.james.mailrepository.api.MailRepositoryStore.UnsupportedRepositoryStoreException;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.postgres.Database;

class SealedMailRepositoryStoreTest {

    private static final MailRepositoryUrl ERROR = MailRepositoryUrl.from("sealed://var/mail/error");

    private final ServerKey key = new ServerKey(ServerKey.generate());
    private Database database;

    @BeforeEach
    void empty() {
        database = TestDatabase.emptied();
    }

    private SealedMailRepositoryStore store(ServerKey serverKey) {
        return new SealedMailRepositoryStore(
                new PostgresMailRepositoryUrlStore(database), new PostgresMailRepositoryFactory(database, serverKey));
    }

    private static FakeMail alicesMail() throws MessagingException {
        return FakeMail.builder()
                .name("mail-1")
                .sender("alice@mailbox.example")
                .recipient("k7m2qx@practice.example")
                .mimeMessage(MimeMessageBuilder.mimeMessageBuilder()
                        .setSubject("Marker-Subject")
                        .setText("Marker-Body"))
                .build();
    }

    @Test
    void what_was_stored_is_found_by_the_next_process() throws Exception {
        store(key).select(ERROR).store(alicesMail());

        SealedMailRepositoryStore next = store(key);
        assertThat(next.getUrls()).containsExactly(ERROR);
        assertThat(next.get(ERROR)).isPresent();
        assertThat(next.getByPath(MailRepositoryPath.from("var/mail/error"))).hasSize(1);
        assertThat(next.select(ERROR)
                        .retrieve(new MailKey("mail-1"))
                        .getMessage()
                        .getSubject())
                .isEqualTo("Marker-Subject");
    }

    @Test
    void a_repository_in_files_is_refused() {
        assertThatThrownBy(() -> store(key).select(MailRepositoryUrl.from("file://var/mail/error")))
                .isInstanceOf(UnsupportedRepositoryStoreException.class);
        assertThat(store(key).getUrls()).isEmpty();
    }

    @Test
    void a_repository_that_was_never_used_is_not_there() {
        assertThat(store(key).get(ERROR)).isEmpty();
    }

    @Test
    void nothing_of_a_mail_is_readable_in_the_rows() throws Exception {
        store(key).select(ERROR).store(alicesMail());

        String rows = database.sql().fetch(MAIL_REPOSITORY_ITEM).formatCSV()
                + database.sql().fetch(MAIL_REPOSITORY).formatCSV()
                + new String(
                        database.sql().fetchSingle(MAIL_REPOSITORY_ITEM).getContentSealed(),
                        StandardCharsets.ISO_8859_1)
                + new String(
                        database.sql().fetchSingle(MAIL_REPOSITORY_ITEM).getEnvelopeSealed(),
                        StandardCharsets.ISO_8859_1);
        assertThat(rows).contains("mail-1").doesNotContain("Marker", "alice", "k7m2qx");
    }

    @Test
    void another_server_key_opens_nothing_and_quotes_nothing() throws Exception {
        store(key).select(ERROR).store(alicesMail());

        ServerKey other = new ServerKey(ServerKey.generate());
        assertThatThrownBy(() -> store(other).select(ERROR).retrieve(new MailKey("mail-1")))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("mail-1");
    }
}
