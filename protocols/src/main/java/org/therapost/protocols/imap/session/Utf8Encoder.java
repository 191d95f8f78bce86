package org.therapost.protocols.imap.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.encode.ImapResponseWriter;
import org.apache.james.imap.encode.base.ImapResponseComposerImpl;
import org.apache.james.imap.message.Literal;
import org.jspecify.annotations.Nullable;
import org.therapost.protocols.imap.fetch.FetchedMessage;
import org.therapost.protocols.imap.utf8.Utf8Accept;

/** One connection's encoder: names of folders are UTF-8 once it has enabled that (RFC 6855 section 3), and modified UTF-7 before. */
final class Utf8Encoder implements ImapEncoder {

    private final ImapEncoder encoder;
    private volatile @Nullable ImapSession session;

    Utf8Encoder(ImapEncoder encoder) {
        this.encoder = encoder;
    }

    /** The connection has begun. */
    void begin(ImapSession ofConnection) {
        session = ofConnection;
    }

    @Override
    public void encode(ImapMessage message, ImapResponseComposer composer) throws IOException {
        ImapSession begun = session;
        if (begun == null || message instanceof FetchedMessage || !Utf8Accept.isEnabled(begun)) {
            encoder.encode(message, composer);
            return;
        }
        Names names = new Names(composer);
        encoder.encode(message, names);
        names.flush();
    }

    /** Hands on what it has composed. */
    private static final class Names extends ImapResponseComposerImpl {

        Names(ImapResponseComposer to) {
            super(new ImapResponseWriter() {
                @Override
                public void write(byte[] octets) throws IOException {
                    to.skipNextSpace().message(octets);
                }

                @Override
                public void write(Literal literal) {
                    throw new IllegalStateException("only FETCH sends literals");
                }
            });
        }

        @Override
        public ImapResponseComposer mailbox(String name) throws IOException {
            return message(string(name));
        }

        private static byte[] string(String name) {
            byte[] octets = name.getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream string = new ByteArrayOutputStream(octets.length + 2);
            // Made before such names were refused: a quoted string cannot have them.
            boolean quotable = name.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0);
            if (!quotable) {
                string.writeBytes(("{" + octets.length + "}\r\n").getBytes(StandardCharsets.US_ASCII));
                string.writeBytes(octets);
                return string.toByteArray();
            }
            string.write('"');
            for (byte octet : octets) {
                if (octet == '"' || octet == '\\') {
                    string.write('\\');
                }
                string.write(octet);
            }
            string.write('"');
            return string.toByteArray();
        }
    }
}
