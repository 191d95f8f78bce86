package org.therapost.server.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;

/** {@code therapost.properties} as it is shipped: every key there is, with its default and a comment. */
public final class ConfigurationFile {

    private static final int WIDTH = 100;

    private static final String HEADER = """
        Therapost: every key there is, each with its default.

        Each key can also be set by an environment variable, which has the last word: THERAPOST_ and the key in \
        capitals with '.' and '-' as '_' (inbound.trusted-networks -> THERAPOST_INBOUND_TRUSTED_NETWORKS). An \
        unknown key, a key that is set twice, and a value that is not allowed stop the start. `therapost config \
        check` says what is wrong and where, `therapost config show` what is in force.

        Sizes have a unit: B (octets), KiB, MiB or GiB. Times have one, too: s, min, h or d. A relative path starts \
        from the folder in which the server is started.

        Addresses of listeners are IP addresses; 0.0.0.0 is every one. Port 0 means any free port. The defaults are \
        on loopback, so that nobody outside can connect until you decide otherwise.
        """;

    private ConfigurationFile() {}

    /** The whole file. */
    public static String text() {
        return comment(HEADER)
                + ConfigurationSections.ALL.stream()
                        .map(ConfigurationFile::section)
                        .collect(Collectors.joining());
    }

    private static String section(SettingsSection<?> section) {
        String heading = "# --- " + section.title() + " ";
        return "\n" + heading + "-".repeat(WIDTH - heading.length()) + "\n"
                + (section.text().isBlank() ? "" : comment(section.text()) + "\n")
                + section.settings().stream()
                        .map(ConfigurationFile::entry)
                        .collect(Collectors.joining())
                        .replaceFirst("^\n", "");
    }

    private static String entry(Setting<?> setting) {
        String value = setting.byDefault().isEmpty() ? "" : " " + setting.byDefault();
        return (setting.text().isBlank() ? "" : "\n" + comment(setting.text())) + setting.key() + " =" + value + "\n";
    }

    private static String comment(String text) {
        return Stream.of(text.strip().split("\n\n"))
                .map(paragraph -> String.join("\n", wrapped(List.of(paragraph.split("\\s+")))))
                .collect(Collectors.joining("\n#\n", "", "\n"));
    }

    private static List<String> wrapped(List<String> words) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder("#");
        for (String word : words) {
            if (line.length() + 1 + word.length() > WIDTH && line.length() > 1) {
                lines.add(line.toString());
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
