package org.therapost.domain.record;

import java.io.IOException;

/** Checkpoints outside of the database, one after another. */
public interface CheckpointFile {

    /** Adds one; it is on the disk on return. Several processes may add at once. */
    void append(String signed) throws IOException;

    /** All of them; empty if there is none. */
    String read() throws IOException;
}
