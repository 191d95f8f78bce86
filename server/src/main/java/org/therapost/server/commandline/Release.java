package org.therapost.server.commandline;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which version this program is. The build writes it into {@code release.properties}; it stands in the top-level pom only. */
final class Release implements IVersionProvider {

    private static final String FILE = "release.properties";

    @Override
    public String[] getVersion() throws IOException {
        Properties release = new Properties();
        try (InputStream file = Release.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IOException(FILE + " is not in the jar of the server: build it again");
            }
            release.load(file);
        }
        return new String[] {"Therapost " + release.getProperty("version")};
    }
}
