package org.therapost.protocols.imap.ordering;

import java.io.IOException;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imap.encode.ImapResponseComposer;

/** Another encoder, and SORT and THREAD. */
public final class OrderEncoder implements ImapEncoder {

    private final ImapEncoder others;

    public OrderEncoder(ImapEncoder others) {
        this.others = others;
    }

    @Override
    public void encode(ImapMessage message, ImapResponseComposer composer) throws IOException {
        if (message instanceof OrderResponse order) {
            composer.untagged().message(order.text()).end();
        } else {
            others.encode(message, composer);
        }
    }
}
