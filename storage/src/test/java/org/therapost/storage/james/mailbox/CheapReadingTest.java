package org.therapost.storage.james.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE_KEY;
import static org.therapost.storage.generated.Tables.READING_NOTE;

import com.google.common.collect.ImmutableList;
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
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.ByteContent;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.SearchQuery;
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
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.OpenedMessageCache;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.storage.james.rows.UuidMessageId;

/** What lists and searches open, and what they leave alone. */
class CheapReadingTest {

    private static final MailboxSession DR_BLOOM = MailboxSessionUtil.create(Username.of("dr.bloom@practice.example"));
    private static final Certificate HERS = new Certificate("hers".getBytes(StandardCharsets.US_ASCII));
    private static final byte[] DAMAGED = {42};

    private final SealedMailbox mailbox = new SealedMailbox();
    private final CountingView counting = new CountingView();
    private Optional<ReaderView> view = Optional.of(counting);
    private final SealedMapperFactory mappers = new SealedMapperFactory(
            mailbox.database,
            SealedMailbox.KEY,
            new InMemorySealer(),
            (folder, owner, messageId) -> Readers.of(HERS),
            reader -> view,
            mailbox.clock);
    private final MessageMapper messages = mappers.createMessageMapper(DR_BLOOM);
    private final Mailbox drafts = mappers.createMailboxMapper(DR_BLOOM)
            .create(MailboxPath.forUser(DR_BLOOM.getUser(), "Drafts"), UidValidity.of(42))
            .block();

    /** Opens, keeps, and counts. Its notes are the names of what they are about. */
    private static final class CountingView implements ReaderView {

        private final ReaderView opening = InMemorySealer.view(HERS);
        private final OpenedMessageCache.Desk memory = new OpenedMessageCache(1 << 20).desk();
        private int headers;
        private int contents;
        private int notes;
        private int recalled;

        @Override
        public byte[] header(SealedMessage message) throws SealedException {
            headers++;
            return opening.header(message);
        }

        @Override
        public MailContent content(SealedMessage message) throws SealedException {
            contents++;
            return opening.content(message);
        }

        @Override
        public Optional<byte[]> note(SealedMessage message) {
            notes++;
            return Optional.of("note".getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void recall(SealedMessage message, byte[] note) {
            assertThat(new String(note, StandardCharsets.US_ASCII)).isEqualTo("note");
            recalled++;
        }

        @Override
        public OpenedMessageCache.Desk memory() {
            return memory;
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    @BeforeEach
    void three_drafts() throws MailboxException {
        append("Subject: grief\r\n\r\nI miss my cat.\r\n", new Flags(Flags.Flag.SEEN));
        append("Subject: =?UTF-8?Q?gro=C3=9Fe_Freude?=\r\n\r\nThe cat is back.\r\n", new Flags());
        append("Subject: sleep\r\n\r\nNothing new.\r\n", new Flags("Urgent"));
    }

    @Test
    void flags_dates_and_sizes_are_listed_without_opening_anything() throws MailboxException {
        damage(true, true);
        assertThat(all(FetchType.METADATA)).hasSize(3).allSatisfy(message -> assertThat(message.getFullContentOctets())
                .isPositive());
        assertThat(counting.headers + counting.contents + counting.notes).isZero();
    }

    @Test
    void header_fields_are_listed_from_the_small_part_alone() throws Exception {
        damage(false, true);
        for (MailboxMessage message : all(FetchType.HEADERS)) {
            assertThat(new String(message.getHeaderContent().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("Subject: ");
        }
        assertThat(counting.headers).isEqualTo(3);
        assertThat(counting.contents).isZero();
    }

    @Test
    void the_second_look_at_a_message_opens_nothing() throws Exception {
        for (int look = 1; look <= 2; look++) {
            assertThat(all(FetchType.FULL).get(0).getFullContent())
                    .asString(StandardCharsets.US_ASCII)
                    .endsWith("I miss my cat.\r\n");
        }
        assertThat(counting.contents).isEqualTo(1);
        damage(true, true);
        assertThat(all(FetchType.HEADERS).get(0).getHeaderContent())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("Subject: grief\r\n\r\n");
    }

    @Test
    void with_the_session_goes_what_was_opened() throws Exception {
        all(FetchType.FULL).get(0).getFullContent();
        view = Optional.empty();
        assertThatThrownBy(() -> all(FetchType.FULL).get(0).getFullContent()).isInstanceOf(IOException.class);
    }

    @Test
    void a_reader_leaves_a_note_at_the_first_opening_and_takes_it_up_at_the_next() throws Exception {
        for (MailboxMessage message : all(FetchType.HEADERS)) {
            message.getHeaderContent();
        }
        assertThat(counting.notes).isEqualTo(3);
        assertThat(mailbox.database.sql().fetchCount(READING_NOTE)).isEqualTo(3);
        for (MailboxMessage message : all(FetchType.HEADERS)) {
            message.getHeaderContent();
        }
        assertThat(counting.notes).isEqualTo(3);
        assertThat(counting.recalled).isEqualTo(3);
    }

    @Test
    void a_note_goes_with_its_message() throws Exception {
        MailboxMessage draft = all(FetchType.HEADERS).get(0);
        draft.getHeaderContent();
        messages.delete(drafts, draft);
        assertThat(mailbox.database.sql().fetchCount(MESSAGE)).isEqualTo(2);
        assertThat(mailbox.database.sql().fetchCount(READING_NOTE)).isEqualTo(2);
    }

    @Test
    void flags_keywords_dates_sizes_and_numbers_are_searched_by_sql_alone() {
        view = Optional.empty();
        mailbox.database.sql().deleteFrom(MESSAGE_KEY).execute();
        assertThat(found(SearchQuery.flagIsSet(Flags.Flag.SEEN))).containsExactly(1L);
        assertThat(found(SearchQuery.flagIsUnSet(Flags.Flag.SEEN))).containsExactly(2L, 3L);
        assertThat(found(SearchQuery.flagIsSet("urgent"))).containsExactly(3L);
        assertThat(found(SearchQuery.flagIsUnSet("Urgent"))).containsExactly(1L, 2L);
        assertThat(found(SearchQuery.sizeGreaterThan(40))).containsExactly(2L);
        assertThat(found(SearchQuery.or(
                        SearchQuery.not(SearchQuery.uid(new SearchQuery.UidRange(MessageUid.of(2)))),
                        SearchQuery.flagIsSet(Flags.Flag.DELETED))))
                .containsExactly(1L, 3L);
    }

    @Test
    void header_keys_open_headers_and_no_bodies() throws MailboxException {
        damage(false, true);
        assertThat(found(SearchQuery.subject("große FREUDE"))).containsExactly(2L);
        assertThat(found(SearchQuery.not(SearchQuery.subject("grief")))).containsExactly(2L, 3L);
        assertThat(counting.contents).isZero();
    }

    @Test
    void words_are_sought_only_in_messages_that_sql_could_not_rule_out() throws MailboxException {
        assertThat(found(SearchQuery.and(SearchQuery.mailContains("CAT"), SearchQuery.flagIsUnSet(Flags.Flag.SEEN))))
                .containsExactly(2L);
        assertThat(counting.contents).isEqualTo(2);
        assertThat(found(SearchQuery.or(SearchQuery.bodyContains("nothing new"), SearchQuery.flagIsSet("Urgent"))))
                .containsExactly(3L);
        assertThat(counting.contents).as("the first, too, now; none twice").isEqualTo(3);
    }

    @Test
    void a_message_that_cannot_be_opened_matches_nothing_and_spoils_nothing() throws MailboxException {
        mailbox.database
                .sql()
                .update(MESSAGE)
                .set(MESSAGE.DATA_PACKET, DAMAGED)
                .where(MESSAGE.ID.eq(
                        UuidMessageId.of(all(FetchType.METADATA).get(0).getMessageId())))
                .execute();
        assertThat(found(SearchQuery.mailContains("cat"))).containsExactly(2L);
        assertThat(found(SearchQuery.not(SearchQuery.mailContains("cat")))).containsExactly(3L);
    }

    @Test
    void a_search_for_words_ends_with_the_session() {
        view = Optional.empty();
        assertThatThrownBy(() -> found(SearchQuery.mailContains("cat"))).hasCauseInstanceOf(MailboxException.class);
    }

    private List<Long> found(SearchQuery.Criterion criterion) {
        return mappers.search()
                .search(DR_BLOOM, drafts, SearchQuery.of(criterion))
                .map(MessageUid::asLong)
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    private List<MailboxMessage> all(FetchType type) throws MailboxException {
        return ImmutableList.copyOf(messages.findInMailbox(drafts, MessageRange.all(), type, MessageMapper.UNLIMITED));
    }

    private void damage(boolean headers, boolean contents) {
        if (headers) {
            mailbox.database
                    .sql()
                    .update(MESSAGE)
                    .set(MESSAGE.HEADER_PACKET, DAMAGED)
                    .execute();
        }
        if (contents) {
            mailbox.database
                    .sql()
                    .update(MESSAGE)
                    .set(MESSAGE.DATA_PACKET, DAMAGED)
                    .execute();
        }
    }

    private void append(String mail, Flags flags) throws MailboxException {
        UuidMessageId id = new UuidMessageId(UUID.randomUUID());
        byte[] octets = mail.getBytes(StandardCharsets.US_ASCII);
        messages.add(
                drafts,
                new SimpleMailboxMessage(
                        id,
                        ThreadId.fromBaseMessageId(id),
                        Date.from(mailbox.clock.instant()),
                        octets.length,
                        mail.indexOf("\r\n\r\n") + 4,
                        new ByteContent(octets),
                        flags,
                        new PropertyBuilder().build(),
                        drafts.getMailboxId()));
    }
}
