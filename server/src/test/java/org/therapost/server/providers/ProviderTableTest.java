package org.therapost.server.providers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.configuration.ConfigurationException;
import org.therapost.server.folder.StartException;

class ProviderTableTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_packaged_tables_are_those_that_staff_can_edit() throws Exception {
        for (String table : List.of("spellings", "exchangers")) {
            try (InputStream packaged = Objects.requireNonNull(
                    ProviderTable.class.getResourceAsStream("/org/therapost/server/providers/" + table))) {
                assertThat(new String(packaged.readAllBytes(), UTF_8))
                        .isEqualTo(Files.readString(Path.of("..", "config", "providers", table)));
            }
        }
        assertThatCode(() -> ProviderTable.exchangers(settings())).doesNotThrowAnyException();
        assertThat(same(ProviderTable.spellings(settings()), "ines@gmail.com", "i.nes@googlemail.com"))
                .isTrue();
    }

    @Test
    void a_table_beside_the_configuration_takes_its_place_and_mistakes_are_named() throws Exception {
        Path table = Files.createDirectories(folder.resolve("providers")).resolve("spellings");
        Files.write(table, List.of("a.example b.example"));
        assertThat(same(ProviderTable.spellings(settings()), "x@a.example", "x@b.example"))
                .isTrue();

        Files.write(table, List.of("# mine", "a.example b.example ignores everything"));
        assertThatThrownBy(() -> ProviderTable.spellings(settings()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(table.toString())
                .hasMessageContaining("line 2: 'everything'");
    }

    private ProviderSettings settings() throws ConfigurationException {
        return Configuration.load(folder, Map.of()).part(ProviderSettings.SECTION);
    }

    private static boolean same(EquivalentAddresses equivalentAddresses, String one, String other) {
        return equivalentAddresses.same(EmailAddress.of(one), EmailAddress.of(other));
    }
}
