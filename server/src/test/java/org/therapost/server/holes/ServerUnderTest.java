package org.therapost.server.holes;

import java.io.IOException;

/** A server with one mailbox, as its peers see it. */
interface ServerUnderTest extends AutoCloseable {

    /** The login name of the mailbox, which also is the address of its owner. */
    String LOGIN = "bloom@practice.example";

    String PASSWORD = "a long walk by the river";

    /** Connects to the port for mail from outside, from a loopback address, and hears the greeting. */
    Peer smtp(String from) throws IOException;

    default Peer smtp() throws IOException {
        return smtp("127.0.0.1");
    }

    /** Connects to where mail programs submit, over TLS if the server has it, and hears the greeting. */
    Peer submission() throws IOException;

    /** Connects to where mail programs read, over TLS if the server has it, and hears the greeting. */
    Peer imap(String from) throws IOException;

    default Peer imap() throws IOException {
        return imap("127.0.0.1");
    }

    /** The same, logged in. */
    default Peer reader() throws IOException {
        return imap().login(LOGIN, PASSWORD);
    }

    /** Who may write to {@link #recipient()}. */
    String sender();

    /** Whose mail arrives in {@code INBOX} of the mailbox. */
    String recipient();

    @Override
    void close();
}
