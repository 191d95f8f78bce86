package org.therapost.storage.james.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.apache.james.mime4j.MimeIOException;
import org.apache.james.mime4j.dom.Header;
import org.apache.james.mime4j.field.LenientFieldParser;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.Sealer;
import org.therapost.storage.james.rows.UuidMailboxId;

/** Seals what is appended to a folder to those who read that folder. */
public final class FolderSealer {

    // It becomes part of a header of ours: printable ASCII only, and within a line (RFC 5322 section 2.1.1).
    private static final Pattern MESSAGE_ID = Pattern.compile("<[!-;=?-~]{1,900}>");

    private final Sealer sealer;
    private final FolderReaders readers;

    public FolderSealer(Sealer sealer, FolderReaders readers) {
        this.sealer = sealer;
        this.readers = readers;
    }

    /** A message, sealed. */
    public record Sealed(SealedMessage message, int headerSize) {}

    public Sealed seal(UUID folder, Username owner, MailboxMessage message) throws MailboxException {
        try (InputStream in = message.getFullContent()) {
            MailContent content = MailContent.of(in.readAllBytes());
            SealedMessage sealed = sealer.seal(
                    content, readers.of(new UuidMailboxId(folder), owner, messageId(content, message, owner)));
            return new Sealed(sealed, headerSize(sealed, message));
        } catch (IOException unreadable) {
            throw new MailboxException("what was to be appended cannot be read", unreadable);
        }
    }

    // James tells where its own parser saw the body begin, and 0 where it saw none.
    private static int headerSize(SealedMessage sealed, MailboxMessage message) {
        boolean served = sealed.envelope().length == 0;
        long told = message.getHeaderOctets();
        return served && told > 0 && told < sealed.headerSize() ? (int) told : sealed.headerSize();
    }

    private static String messageId(MailContent content, MailboxMessage message, Username owner) throws IOException {
        String own = "<" + message.getMessageId().serialize() + "@"
                + owner.getDomainPart().map(domain -> domain.asString()).orElse("localhost") + ">";
        try {
            DefaultMessageBuilder parser = new DefaultMessageBuilder();
            parser.setFieldParser(new LenientFieldParser());
            Header header = parser.parseHeader(content.stream());
            Field field = header.getField("Message-ID");
            if (field == null) {
                return own;
            }
            String written = field.getBody().strip();
            return MESSAGE_ID.matcher(written).matches() ? written : own;
        } catch (MimeIOException unreadable) {
            return own;
        }
    }
}
