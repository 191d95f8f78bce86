package org.therapost.server.imap.ordering;

import java.io.IOException;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.message.Literal;

/** Some text, and then what another reader has not read yet. The command was gathered whole: nothing has to be asked for. */
final class PrefixedReader extends ImapRequestLineReader {

    private final String prefix;
    private final ImapRequestLineReader rest;
    private int at;

    PrefixedReader(String prefix, ImapRequestLineReader rest) {
        this.prefix = prefix;
        this.rest = rest;
    }

    @Override
    public char nextChar() throws DecodingException {
        if (!nextSeen) {
            nextChar = at < prefix.length() ? prefix.charAt(at++) : rest.consume();
            nextSeen = true;
        }
        return nextChar;
    }

    @Override
    public Literal read(int size, boolean extraCrlf) throws IOException {
        nextSeen = false;
        nextChar = 0;
        return rest.read(size, extraCrlf);
    }

    @Override
    protected void commandContinuationRequest() {
        // The literal is here already.
    }
}
