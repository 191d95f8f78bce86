package org.therapost.storage.james.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MailboxSessionUtil;
import org.apache.james.mailbox.model.ByteContent;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.model.UidValidity;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.apache.james.mailbox.store.mail.model.impl.PropertyBuilder;
import org.apache.james.mailbox.store.mail.model.impl.SimpleMailboxMessage;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.therapost.storage.james.rows.UuidMailboxId;
import org.therapost.storage.james.rows.UuidMessageId;
import org.therapost.storage.store.SealedKeywords;

/** JAMES-4041: a folder is copied or moved whole, and not everything about it is held or sent at once. */
class CopyOfManyTest {

    private static final int MANY = 2_200;
    private static final MailboxSession DR_BLOOM = MailboxSessionUtil.create(Username.of("dr.bloom@practice.example"));
    private static final String MAIL = "Subject: grief\r\n\r\nI miss my cat.\r\n";

    private final SealedMailbox mailbox = new SealedMailbox();
    private final MessageMapper messages = mailbox.mappers.createMessageMapper(DR_BLOOM);
    private final SealedKeywords sealedKeywords = new SealedKeywords(SealedMailbox.KEY);
    private final Mailbox drafts = folder("Drafts");
    private final Mailbox full = folder("Full");

    @BeforeEach
    void a_full_folder() throws Exception {
        append();
        messages.copy(full, Collections.nCopies(MANY, all(drafts).get(0)));
    }

    @Test
    void a_copy_of_many_keeps_their_order_and_content_is_neither_read_nor_doubled() throws Exception {
        Mailbox copy = folder("Copy");
        List<MessageMetaData> copied = messages.copy(copy, all(full));
        assertThat(copied).extracting(data -> data.getUid().asLong()).isEqualTo(numbers());
        assertThat(all(copy)).extracting(message -> message.getUid().asLong()).isEqualTo(numbers());
        assertThat(mailbox.database.sql().fetchCount(MESSAGE)).isEqualTo(1);
    }

    @Test
    void a_move_of_many_leaves_none_behind() throws Exception {
        Mailbox moved = folder("Moved");
        assertThat(messages.move(moved, all(full))).hasSize(MANY);
        assertThat(all(full)).isEmpty();
        assertThat(all(moved)).extracting(message -> message.getUid().asLong()).isEqualTo(numbers());
    }

    @Test
    void rows_are_sent_a_thousand_at_a_time_in_one_transaction() throws Exception {
        List<MailboxMessage> originals = all(full);
        UUID target = UuidMailboxId.of(folder("Copy").getMailboxId());
        AtomicInteger batches = new AtomicInteger();
        mailbox.database.sql().transaction(transaction -> {
            DSLContext watched =
                    DSL.using(transaction.derive(ExecuteListener.onExecuteStart((ExecuteContext execution) -> {
                        if (execution.batchSQL()[0].startsWith("insert")) {
                            batches.incrementAndGet();
                        }
                    })));
            MessageCopier.insert(watched, sealedKeywords, target, originals, mailbox.clock.instant());
            assertThat(mailbox.database.sql().fetchCount(MAILBOX_MESSAGE, MAILBOX_MESSAGE.MAILBOX_ID.eq(target)))
                    .as("seen before the commit")
                    .isZero();
        });
        assertThat(batches).hasValue(3);
        assertThat(mailbox.database.sql().fetchCount(MAILBOX_MESSAGE, MAILBOX_MESSAGE.MAILBOX_ID.eq(target)))
                .isEqualTo(MANY);
    }

    private static List<Long> numbers() {
        return LongStream.rangeClosed(1, MANY).boxed().toList();
    }

    private List<MailboxMessage> all(Mailbox folder) throws Exception {
        return messages.findInMailboxReactive(
                        folder, MessageRange.all(), MessageMapper.FetchType.METADATA, MessageMapper.UNLIMITED)
                .collectList()
                .block();
    }

    private Mailbox folder(String name) {
        return mailbox.mappers
                .createMailboxMapper(DR_BLOOM)
                .create(MailboxPath.forUser(DR_BLOOM.getUser(), name), UidValidity.of(42))
                .block();
    }

    private void append() throws Exception {
        UuidMessageId id = new UuidMessageId(UUID.randomUUID());
        byte[] octets = MAIL.getBytes(StandardCharsets.US_ASCII);
        messages.add(
                drafts,
                new SimpleMailboxMessage(
                        id,
                        ThreadId.fromBaseMessageId(id),
                        Date.from(mailbox.clock.instant()),
                        octets.length,
                        MAIL.indexOf("I miss"),
                        new ByteContent(octets),
                        new Flags(),
                        new PropertyBuilder().build(),
                        drafts.getMailboxId()));
    }
}
