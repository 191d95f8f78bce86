package org.therapost.storage.postgres;

/** Hears what processes on one database tell each other through it (LISTEN, NOTIFY). */
public interface DatabaseNotifications {

    /** The channel, an identifier of SQL. */
    String channel();

    /** From now on everything is heard; what was told before may have been missed. Must not block. */
    void listening();

    /** Must not block: one thread listens for all. */
    void heard(String payload);
}
