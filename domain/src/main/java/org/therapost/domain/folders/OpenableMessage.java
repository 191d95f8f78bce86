package org.therapost.domain.folders;

import java.io.IOException;
import java.util.Optional;
import org.therapost.domain.sealing.MailStream;

/** The octets of one message in a folder, for its reader. Nothing is opened before it is asked for. */
public interface OpenableMessage {

    /**
     * The header section.
     *
     * @throws UnopenableMessageException if the message does not open
     * @throws IOException if it cannot be read now
     */
    byte[] header() throws IOException;

    /**
     * The whole message, every octet of it verified.
     *
     * @throws UnopenableMessageException if the message does not open
     * @throws IOException if it cannot be read now
     */
    MailStream octets() throws IOException;

    /**
     * The body of a part, transfer encoding and all, which is kept for the next piece of it that is asked for; empty if there is none.
     *
     * @param path numbers as RFC 3501 section 6.4.5 has them
     * @throws UnopenableMessageException if the message does not open
     * @throws IOException if it cannot be read now
     */
    Optional<byte[]> part(int... path) throws IOException;
}
