package org.therapost.storage.james.content;

import com.github.fge.lambdas.Throwing;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.mail.Flags;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.ComposedMessageId;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageAttachmentMetadata;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.apache.james.mailbox.store.mail.model.impl.Properties;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.therapost.domain.folders.OpenableMessage;
import org.therapost.domain.folders.UnopenableMessageException;
import org.therapost.domain.sealing.MailStream;
import org.therapost.storage.james.rows.MailboxMessageRow;
import org.therapost.storage.james.rows.UuidMailboxId;
import org.therapost.storage.james.rows.UuidMessageId;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A message whose content stays sealed until somebody reads it. */
public final class SealedMailboxMessage implements MailboxMessage, OpenableMessage {

    private final MailboxMessageRow row;
    private final MessageContentLoader shelf;
    private final int place;
    private final MailboxId mailboxId;
    private MessageUid uid;
    private ModSeq modSeq;
    private Flags flags;
    private Optional<Date> saveDate;
    private SoftReference<byte[]> header = new SoftReference<>(null);
    private @Nullable Properties properties;

    public SealedMailboxMessage(MailboxMessageRow row, MessageContentLoader shelf) {
        this(row, shelf, shelf.add(row.message(), row.size(), row.headerSize()), new UuidMailboxId(row.mailbox()));
    }

    private SealedMailboxMessage(MailboxMessageRow row, MessageContentLoader shelf, int place, MailboxId mailboxId) {
        this.row = row;
        this.shelf = shelf;
        this.place = place;
        this.mailboxId = mailboxId;
        this.uid = MessageUid.of(row.uid());
        this.modSeq = ModSeq.of(row.modseq());
        this.flags = row.flags();
        this.saveDate = row.saveDate().map(Date::from);
    }

    @Override
    public MailboxMessage copy(Mailbox mailbox) {
        return new SealedMailboxMessage(row, shelf, place, mailbox.getMailboxId());
    }

    @Override
    public InputStream getHeaderContent() throws IOException {
        return new ByteArrayInputStream(header());
    }

    @Override
    public InputStream getBodyContent() throws IOException {
        InputStream message = stream();
        message.skipNBytes(row.headerSize());
        return message;
    }

    @Override
    public InputStream getFullContent() throws IOException {
        return stream();
    }

    @Override
    public Optional<byte[]> part(int... path) throws IOException {
        return opening(() -> shelf.part(place, path));
    }

    @Override
    public MailStream octets() throws IOException {
        return opening(() -> shelf.stream(place));
    }

    @Override
    public Publisher<ByteBuffer> getHeaderContentReactive() {
        return blocking(() -> ByteBuffer.wrap(header()));
    }

    @Override
    public Publisher<ByteBuffer> getBodyContentReactive() {
        return blocking(() -> {
            byte[] octets = content();
            return ByteBuffer.wrap(octets, row.headerSize(), octets.length - row.headerSize())
                    .slice();
        });
    }

    @Override
    public Publisher<ByteBuffer> getFullContentReactive() {
        return blocking(() -> ByteBuffer.wrap(content()));
    }

    @Override
    public Properties getProperties() {
        // James's signature has no place for "it stays sealed"; its callers catch IOException all the same.
        return Throwing.supplier(this::properties).sneakyThrow().get();
    }

    @Override
    public @Nullable String getMediaType() {
        return getProperties().getMediaType();
    }

    @Override
    public @Nullable String getSubType() {
        return getProperties().getSubType();
    }

    /** Lines of a text, as James's parser counts them; null for anything else. */
    @Override
    public @Nullable Long getTextualLineCount() {
        String type = getMediaType();
        if (type != null && !type.equalsIgnoreCase("text")) {
            return null;
        }
        return Throwing.supplier(this::lines).sneakyThrow().get();
    }

    private long lines() throws IOException {
        try (InputStream body = new BufferedInputStream(getBodyContent())) {
            long lines = 0;
            for (int octet = body.read(); octet >= 0; octet = body.read()) {
                if (octet == '\r') {
                    lines++;
                }
            }
            return lines;
        }
    }

    @Override
    public List<MessageAttachmentMetadata> getAttachments() {
        return List.of();
    }

    @Override
    public long getHeaderOctets() {
        return row.headerSize();
    }

    @Override
    public long getBodyOctets() {
        return (long) row.size() - row.headerSize();
    }

    @Override
    public long getFullContentOctets() {
        return row.size();
    }

    @Override
    public Date getInternalDate() {
        return Date.from(row.internalDate());
    }

    @Override
    public MessageId getMessageId() {
        return new UuidMessageId(row.message());
    }

    @Override
    public ThreadId getThreadId() {
        return ThreadId.fromBaseMessageId(new UuidMessageId(row.conversation()));
    }

    @Override
    public ComposedMessageIdWithMetaData getComposedMessageIdWithMetaData() {
        return new ComposedMessageIdWithMetaData(
                new ComposedMessageId(mailboxId, getMessageId(), uid), createFlags(), modSeq, getThreadId());
    }

    @Override
    public MailboxId getMailboxId() {
        return mailboxId;
    }

    @Override
    public MessageUid getUid() {
        return uid;
    }

    @Override
    public void setUid(MessageUid uid) {
        this.uid = uid;
    }

    @Override
    public ModSeq getModSeq() {
        return modSeq;
    }

    @Override
    public void setModSeq(ModSeq modSeq) {
        this.modSeq = modSeq;
    }

    @Override
    public boolean isAnswered() {
        return flags.contains(Flags.Flag.ANSWERED);
    }

    @Override
    public boolean isDeleted() {
        return flags.contains(Flags.Flag.DELETED);
    }

    @Override
    public boolean isDraft() {
        return flags.contains(Flags.Flag.DRAFT);
    }

    @Override
    public boolean isFlagged() {
        return flags.contains(Flags.Flag.FLAGGED);
    }

    @Override
    public boolean isRecent() {
        return flags.contains(Flags.Flag.RECENT);
    }

    @Override
    public boolean isSeen() {
        return flags.contains(Flags.Flag.SEEN);
    }

    @Override
    public void setFlags(Flags flags) {
        this.flags = new Flags(flags);
    }

    @Override
    public Flags createFlags() {
        return new Flags(flags);
    }

    @Override
    public Optional<Date> getSaveDate() {
        return saveDate;
    }

    @Override
    public void setSaveDate(Date saveDate) {
        this.saveDate = Optional.of(saveDate);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SealedMailboxMessage that && mailboxId.equals(that.mailboxId) && uid.equals(that.uid);
    }

    @Override
    public int hashCode() {
        return 31 * mailboxId.hashCode() + uid.hashCode();
    }

    @Override
    public String toString() {
        return "SealedMailboxMessage[" + row.message() + " in " + mailboxId + ", uid " + uid.asLong() + "]";
    }

    private Properties properties() throws IOException {
        Properties read = properties;
        if (read == null) {
            read = MimeProperties.of(header());
            properties = read;
        }
        return read;
    }

    @Override
    public byte[] header() throws IOException {
        byte[] read = header.get();
        if (read == null) {
            read = opening(() -> shelf.header(place));
            header = new SoftReference<>(read);
        }
        return read;
    }

    private byte[] content() throws IOException {
        return opening(() -> shelf.content(place).octets());
    }

    private InputStream stream() throws IOException {
        return octets().open();
    }

    private interface Opening<T> {
        T open() throws MailboxException;
    }

    private static <T> T opening(Opening<T> opening) throws IOException {
        try {
            return opening.open();
        } catch (UnopenableException sealed) {
            throw new UnopenableMessageException(sealed.fault(), sealed);
        } catch (MailboxException unanswered) {
            throw new IOException(unanswered.getMessage(), unanswered);
        }
    }

    private static Mono<ByteBuffer> blocking(Callable<ByteBuffer> reading) {
        return Mono.fromCallable(reading).subscribeOn(Schedulers.boundedElastic());
    }
}
