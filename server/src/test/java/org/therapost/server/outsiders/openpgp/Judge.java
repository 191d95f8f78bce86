package org.therapost.server.outsiders.openpgp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Who judges OpenPGP here. */
public enum Judge {
    GPG,
    SEQUOIA,
    RNP,
    OPENPGPJS;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** The program with an empty key ring in this folder. */
    public OpenPgp in(Path folder) throws IOException {
        // Short, for the sockets of gpg-agent.
        String name = name().substring(0, 1).toLowerCase(Locale.ROOT) + NUMBER.incrementAndGet();
        return switch (this) {
            case GPG -> new Gpg(folder, name);
            case SEQUOIA -> new Sequoia(folder, name);
            case RNP -> new Rnp(folder, name);
            case OPENPGPJS -> new OpenPgpJs(folder, name);
        };
    }
}
