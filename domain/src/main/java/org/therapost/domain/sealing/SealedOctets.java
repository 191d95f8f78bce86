package org.therapost.domain.sealing;

import java.io.IOException;

/** A sealed packet that is read piece by piece, where it rests. */
public interface SealedOctets {

    /** Octets in all. */
    int size() throws IOException;

    /** Some of the octets; fewer than asked for only at the end. */
    byte[] read(int from, int length) throws IOException;
}
