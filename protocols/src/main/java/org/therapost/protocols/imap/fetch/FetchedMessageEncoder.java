package org.therapost.protocols.imap.fetch;

import java.io.IOException;
import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.message.response.FetchResponse;

/** Writes {@code * n FETCH (...)}. */
public final class FetchedMessageEncoder {

    private FetchedMessageEncoder() {}

    public static void encode(FetchedMessage message, ImapResponseComposer composer) throws IOException {
        composer.untagged().message(message.number().asInt()).message("FETCH").openParen();
        if (message.data().length > 0) {
            composer.message(message.data());
        }
        for (FetchResponse.BodyElement section : message.sections()) {
            composer.message(section.getName());
            composer.literal(section);
        }
        composer.closeParen().end();
    }
}
