package org.therapost.domain.sealing;

import java.io.InputStream;

/** A whole message as IMAP serves it, opened piece by piece: it may be larger than the memory that one reader gets. */
public interface MailStream {

    /** Octets in all. */
    int size();

    /**
     * The message from its beginning. To skip costs nothing. What is read was verified; if the octets at rest were changed
     * since, reading fails.
     */
    InputStream open();
}
