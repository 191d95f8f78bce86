package org.therapost.bench.contestants;

import java.io.IOException;
import java.util.List;
import org.therapost.bench.load.LoadTarget;
import org.therapost.bench.machine.ControlGroup;

/** A mail server under load, started from a folder of its own on loopback ports and gone without trace after {@link #close}. */
public interface Contestant extends AutoCloseable {

    /** As the table calls it. */
    String name();

    /** Returns when the server takes mail. */
    void start() throws IOException, InterruptedException;

    /** Mailboxes that nothing has been filed in yet; those of the call before are no longer needed. */
    List<LoadTarget> emptyMailboxes(int count) throws IOException, InterruptedException;

    /** How many messages of the newest mailboxes can be read now. Costs the contestant as little as possible. */
    int filed() throws IOException;

    /** Where its processes are counted. */
    ControlGroup group();

    @Override
    void close() throws IOException;
}
