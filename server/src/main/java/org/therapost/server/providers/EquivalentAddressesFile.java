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
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.server.folder.StartException;

/** The table of addresses that their provider takes for one mailbox: the operator's, or else the packaged one. */
public final class EquivalentAddressesFile {

    private static final String PACKAGED = "/org/therapost/server/providers/spellings";

    private EquivalentAddressesFile() {}

    /** @throws StartException if the operator's table cannot be read, or is wrong */
    public static EquivalentAddresses read(ProviderSettings settings) throws StartException {
        Optional<Path> file = settings.spellings();
        try {
            return EquivalentAddresses.read(file.isPresent() ? Files.readAllLines(file.get()) : packaged());
        } catch (IOException unreadable) {
            throw new StartException(
                    "cannot read the table of providers' spellings "
                            + file.map(Path::toString).orElse(""),
                    unreadable);
        } catch (IllegalArgumentException wrong) {
            throw new StartException(
                    "the table of providers' spellings "
                            + file.map(Path::toString).orElse("") + " is wrong: " + wrong.getMessage(),
                    wrong);
        }
    }

    private static List<String> packaged() throws IOException {
        try (InputStream table = EquivalentAddressesFile.class.getResourceAsStream(PACKAGED)) {
            if (table == null) {
                throw new IOException("the packaged table is missing");
            }
            return new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        }
    }
}
