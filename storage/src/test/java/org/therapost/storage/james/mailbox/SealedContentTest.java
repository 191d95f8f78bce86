package org.therapost.storage.james.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE_KEY;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MailboxSessionUtil;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.ByteContent;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.model.UidValidity;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.apache.james.mailbox.store.mail.model.impl.PropertyBuilder;
import org.apache.james.mailbox.store.mail.model.impl.SimpleMailboxMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.InMemorySealer;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.Readers;
import org.therapost.storage.james.content.MessageCursor;
import org.therapost.storage.james.rows.UuidMessageId;

/** What James has no contract for: content is sealed, opened late and by its readers only, and the record stays. */
class SealedContentTest {

    private static final MailboxSession DR_BLOOM = MailboxSessionUtil.create(Username.of("dr.bloom@practice.example"));
    private static final Certificate HERS = new Certificate("hers".getBytes(StandardCharsets.US_ASCII));
    private static final String MAIL = "Subject: grief\r\n\r\nI miss my cat.\r\n";

    private final SealedMailbox mailbox = new SealedMailbox();
    private Optional<ReaderView> view = Optional.of(InMemorySealer.view(HERS));
    private final SealedMapperFactory mappers = new SealedMapperFactory(
            mailbox.database,
            SealedMailbox.KEY,
            new InMemorySealer(),
            (folder, owner, messageId) -> Readers.of(HERS),
            reader -> view,
            mailbox.clock);
    private final MessageMapper messages = mappers.createMessageMapper(DR_BLOOM);
    private final Mailbox drafts = folder("Drafts");

    @BeforeEach
    void one_draft() throws MailboxException {
        append(drafts);
    }

    @Test
    void neither_words_nor_folder_names_are_in_the_tables() {
        String rows = mailbox.database
                        .sql()
                        .fetch("select * from message join message_key on message_id = id")
                        .formatCSV()
                + mailbox.database.sql().selectFrom(MAILBOX).fetch().formatCSV();
        assertThat(rows).isNotEmpty().doesNotContain("grief", "cat", "Drafts");
        assertThat(new String(
                        mailbox.database
                                .sql()
                                .select(MESSAGE.DATA_PACKET)
                                .from(MESSAGE)
                                .fetchSingle(MESSAGE.DATA_PACKET),
                        StandardCharsets.ISO_8859_1))
                .doesNotContain("cat");
    }

    @Test
    void a_list_of_messages_needs_no_session_and_touches_no_content() throws MailboxException {
        view = Optional.empty();
        mailbox.database.sql().deleteFrom(MESSAGE_KEY).execute();
        MailboxMessage listed = first(drafts, FetchType.METADATA);
        assertThat(listed.getFullContentOctets()).isEqualTo(MAIL.length());
        assertThat(listed.getHeaderOctets()).isEqualTo(MAIL.indexOf("I miss"));
    }

    @Test
    void without_a_session_the_message_stays_sealed_and_says_so() throws MailboxException {
        view = Optional.empty();
        assertThatThrownBy(() -> first(drafts, FetchType.FULL).getFullContent())
                .isInstanceOf(IOException.class)
                .hasCauseInstanceOf(MailboxException.class)
                .hasMessageContaining("the therapist is not logged in");
    }

    @Test
    void somebody_elses_key_does_not_open_it() throws MailboxException {
        view = Optional.of(InMemorySealer.view(new Certificate(new byte[] {1})));
        assertThatThrownBy(() -> first(drafts, FetchType.HEADERS).getHeaderContent())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("stays sealed for this reader");
    }

    @Test
    void a_copy_shares_the_sealed_content() throws MailboxException {
        Mailbox trash = folder("Trash");
        messages.copy(trash, List.of(first(drafts, FetchType.METADATA)));
        assertThat(mailbox.database.sql().fetchCount(MESSAGE)).isEqualTo(1);
        assertThat(mailbox.database.sql().fetchCount(MAILBOX_MESSAGE)).isEqualTo(2);
    }

    @Test
    void a_draft_is_erased_with_its_last_view() throws MailboxException {
        Mailbox trash = folder("Trash");
        MailboxMessage draft = first(drafts, FetchType.METADATA);
        messages.copy(trash, List.of(draft));
        messages.delete(drafts, draft);
        assertThat(mailbox.database.sql().fetchCount(MESSAGE)).isEqualTo(1);
        messages.delete(trash, first(trash, FetchType.METADATA));
        assertThat(mailbox.database.sql().fetchCount(MESSAGE)).isZero();
        assertThat(mailbox.database.sql().fetchCount(MESSAGE_KEY)).isZero();
    }

    @Test
    void deleting_a_clients_message_removes_the_view_and_not_the_record() throws MailboxException {
        mailbox.database
                .sql()
                .update(MESSAGE)
                .set(MESSAGE.DIRECTION, "from-client")
                .execute();
        messages.delete(drafts, first(drafts, FetchType.METADATA));
        assertThat(mailbox.database.sql().fetchCount(MAILBOX_MESSAGE)).isZero();
        assertThat(mailbox.database.sql().fetchCount(MESSAGE)).isEqualTo(1);
        assertThat(mailbox.database.sql().fetchCount(MESSAGE_KEY)).isEqualTo(1);
    }

    @Test
    void a_folder_larger_than_a_page_is_read_in_order_and_whole() throws Exception {
        int count = 2 * MessageCursor.PAGE + 1;
        for (int i = 1; i < count; i++) {
            append(drafts);
        }
        long expected = 0;
        var all = messages.findInMailbox(drafts, MessageRange.all(), FetchType.FULL, MessageMapper.UNLIMITED);
        while (all.hasNext()) {
            MailboxMessage message = all.next();
            assertThat(message.getUid().asLong()).isEqualTo(++expected);
            assertThat(message.getFullContent()).hasContent(MAIL);
        }
        assertThat(expected).isEqualTo(count);
    }

    private MailboxMessage first(Mailbox folder, FetchType type) throws MailboxException {
        return messages.findInMailbox(folder, MessageRange.all(), type, 1).next();
    }

    private Mailbox folder(String name) {
        return mappers.createMailboxMapper(DR_BLOOM)
                .create(MailboxPath.forUser(DR_BLOOM.getUser(), name), UidValidity.of(42))
                .block();
    }

    private void append(Mailbox folder) throws MailboxException {
        UuidMessageId id = new UuidMessageId(UUID.randomUUID());
        byte[] octets = MAIL.getBytes(StandardCharsets.US_ASCII);
        messages.add(
                folder,
                new SimpleMailboxMessage(
                        id,
                        ThreadId.fromBaseMessageId(id),
                        Date.from(mailbox.clock.instant()),
                        octets.length,
                        MAIL.indexOf("I miss"),
                        new ByteContent(octets),
                        new Flags(),
                        new PropertyBuilder().build(),
                        folder.getMailboxId()));
    }
}
