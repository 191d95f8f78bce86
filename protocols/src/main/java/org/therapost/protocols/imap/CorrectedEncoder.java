package org.therapost.protocols.imap;

import java.io.IOException;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.message.response.AuthenticateResponse;
import org.apache.james.imap.message.response.IdResponse;
import org.therapost.protocols.imap.fetch.FetchedMessage;
import org.therapost.protocols.imap.fetch.FetchedMessageEncoder;

/**
 * James's encoder, but for what it writes wrong:
 *
 * <ul>
 *   <li>ID (RFC 2971): its empty list is no list at all, and some mail programs refuse it.
 *   <li>The continuation of AUTHENTICATE (RFC 3501 section 7.5): {@code +} is followed by a space, also where nothing else follows.
 *   <li>FETCH is ours.
 * </ul>
 */
final class CorrectedEncoder implements ImapEncoder {

    private final ImapEncoder encoder;

    CorrectedEncoder(ImapEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public void encode(ImapMessage message, ImapResponseComposer composer) throws IOException {
        if (message instanceof IdResponse) {
            composer.untagged().message("ID").nil().end();
        } else if (message instanceof AuthenticateResponse) {
            composer.continuationResponse("");
        } else if (message instanceof FetchedMessage fetched) {
            FetchedMessageEncoder.encode(fetched, composer);
        } else {
            encoder.encode(message, composer);
        }
    }
}
