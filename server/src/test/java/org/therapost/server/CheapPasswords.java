package org.therapost.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.therapost.openpgp.passwords.Argon2Cost;
import org.therapost.server.folder.PasswordCostFile;
import org.therapost.server.folder.PrivateFiles;

/**
 * Data folders of servers that live for a minute: their passwords cost little, so that the tests' time goes to what they test.
 * What a password really costs is tested in {@code ManyLoginsTest}.
 */
public final class CheapPasswords {

    private static final Argon2Cost CHEAP = new Argon2Cost(8 << 10, 1, 1);

    private CheapPasswords() {}

    /** Prepares a data folder, unless it already says what passwords cost. */
    public static Path in(Path data) throws IOException {
        return cost(data, CHEAP);
    }

    /** Prepares a data folder whose passwords cost the least that they cost on a server in use. */
    public static Path realIn(Path data) throws IOException {
        return cost(data, Argon2Cost.LEAST);
    }

    private static Path cost(Path data, Argon2Cost cost) throws IOException {
        PrivateFiles.folder(data);
        if (!Files.exists(data.resolve("argon2id"))) {
            new PasswordCostFile(data).write(cost);
        }
        return data;
    }
}
