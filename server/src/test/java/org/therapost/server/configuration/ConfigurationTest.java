package org.therapost.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    private static final Path SHIPPED = Path.of("../config");

    @TempDir
    private Path folder = Path.of("unset");

    @Test
    void the_shipped_file_has_every_key_with_its_default_and_no_other() throws Exception {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(SHIPPED.resolve(Configuration.FILE))) {
            shipped.load(reader);
        }

        assertThat(shipped.stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ConfigurationKey.values())
                        .map(ConfigurationKey::key)
                        .toList());
        for (ConfigurationKey key : ConfigurationKey.values()) {
            assertThat(shipped.getProperty(key.key())).as(key.key()).isEqualTo(key.byDefault());
        }
        assertThat(Configuration.load(SHIPPED, Map.of()).smtp()).isEqualTo(new Listener("127.0.0.1", 2525));
    }

    @Test
    void the_environment_has_the_last_word() throws Exception {
        write("smtp.port = 26\n");

        Configuration configuration = Configuration.load(
                folder, Map.of("THERAPOST_SMTP_PORT", "27", "THERAPOST_INBOUND_TRUSTED_NETWORKS", "192.0.2.0/24"));

        assertThat(configuration.smtp().port()).isEqualTo(27);
        assertThat(configuration.trustedNetworks().contains(java.net.InetAddress.getByName("192.0.2.7")))
                .isTrue();
    }

    @Test
    void a_key_that_nobody_knows_stops_the_start() throws Exception {
        write("smpt.port = 26\n");

        assertThatThrownBy(() -> Configuration.load(folder, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("unknown key smpt.port");
        assertThatThrownBy(() -> Configuration.load(SHIPPED, Map.of("THERAPOST_SMPT_PORT", "26")))
                .hasMessageContaining("THERAPOST_SMPT_PORT");
    }

    @Test
    void a_wrong_value_is_named_by_its_key() {
        assertThatThrownBy(() -> Configuration.defaults().with(ConfigurationKey.IMAP_PORT, "70000"))
                .hasMessageContaining("imap.port: expected a number from 0 to 65535");
        assertThatThrownBy(() -> Configuration.defaults().with(ConfigurationKey.SMTP_ADDRESS, "mail.example"))
                .hasMessageContaining("smtp.address: expected an IP address");
        assertThatThrownBy(() -> Configuration.defaults().with(ConfigurationKey.INBOUND_TRUSTED_NETWORKS, "everybody"))
                .hasMessageContaining("inbound.trusted-networks");
        assertThatThrownBy(() -> Configuration.defaults().with(ConfigurationKey.TLS_CERTIFICATE, "/nowhere.pem"))
                .hasMessageContaining("tls.certificate: cannot read");
        assertThatThrownBy(() -> Configuration.defaults().with(ConfigurationKey.LOG_LEVEL, "chatty"))
                .hasMessageContaining("log.level");
    }

    @Test
    void a_configuration_without_the_file_of_the_pipelines_is_refused_with_what_to_do() throws Exception {
        write("hostname = mail.practice.example\n");
        Files.delete(folder.resolve("mailetcontainer.xml"));

        assertThatThrownBy(() -> Configuration.load(folder, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("mailetcontainer.xml is missing")
                .hasMessageContaining("copy the one that comes with Therapost");
    }

    @Test
    void nobody_is_trusted_by_default() throws Exception {
        assertThat(Configuration.defaults().trustedNetworks().contains(java.net.InetAddress.getLoopbackAddress()))
                .isFalse();
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve(Configuration.FILE), text);
        Path pipeline = folder.resolve("mailetcontainer.xml");
        if (!Files.exists(pipeline)) {
            Files.copy(SHIPPED.resolve("mailetcontainer.xml"), pipeline);
        }
    }
}
