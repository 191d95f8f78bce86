package org.therapost.server.providers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.domain.exchangers.KnownProviders;
import org.therapost.server.folder.StartException;

/** The tables of providers: the operator's, or else the packaged ones. */
public final class ProviderTable {

    private static final String PACKAGED = "/org/therapost/server/providers/";

    private ProviderTable() {}

    /**
     * The addresses that their provider takes for one mailbox.
     *
     * @throws StartException if the operator's table cannot be read, or is wrong
     */
    public static EquivalentAddresses spellings(ProviderSettings settings) throws StartException {
        return read("spellings", settings.spellings(), EquivalentAddresses::read);
    }

    /**
     * The exchangers of large providers.
     *
     * @throws StartException if the operator's table cannot be read, or is wrong
     */
    public static KnownProviders exchangers(ProviderSettings settings) throws StartException {
        return read("exchangers", settings.exchangers(), KnownProviders::read);
    }

    private static <T> T read(String name, Optional<Path> file, Function<List<String>, T> reading)
            throws StartException {
        String what = "the table of providers' " + name + " "
                + file.map(Path::toString).orElse("");
        try {
            return reading.apply(file.isPresent() ? Files.readAllLines(file.get()) : packaged(name));
        } catch (IOException unreadable) {
            throw new StartException("cannot read " + what, unreadable);
        } catch (IllegalArgumentException wrong) {
            throw new StartException(what + " is wrong: " + wrong.getMessage(), wrong);
        }
    }

    private static List<String> packaged(String name) throws IOException {
        try (InputStream table = ProviderTable.class.getResourceAsStream(PACKAGED + name)) {
            if (table == null) {
                throw new IOException("the packaged table is missing");
            }
            return new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        }
    }
}
