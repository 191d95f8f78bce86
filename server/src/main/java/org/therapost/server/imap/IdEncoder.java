package org.therapost.server.imap;

import java.io.IOException;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.message.response.IdResponse;

/** James's encoder, but for ID (RFC 2971): its empty list is no list at all, and some mail programs refuse it. */
final class IdEncoder implements ImapEncoder {

    private final ImapEncoder encoder;

    IdEncoder(ImapEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public void encode(ImapMessage message, ImapResponseComposer composer) throws IOException {
        if (message instanceof IdResponse) {
            composer.untagged().message("ID").nil().end();
        } else {
            encoder.encode(message, composer);
        }
    }
}
