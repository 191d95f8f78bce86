package org.therapost.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.therapost.domain.office.Office;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.mailets.authentication.SenderSettings;
import org.therapost.mailets.letters.LetterSettings;
import org.therapost.protocols.imap.ImapSettings;
import org.therapost.protocols.smtp.SmtpSettings;
import org.therapost.server.limits.LoginSettings;
import org.therapost.server.log.LogSettings;
import org.therapost.server.pipeline.PipelineSettings;
import org.therapost.server.tls.IdentitySettings;

class ConfigurationTest {

    private static final Path SHIPPED = Path.of("../config");

    @TempDir
    private Path folder = Path.of("unset");

    @Test
    void the_shipped_file_is_the_one_that_the_sections_make() throws Exception {
        assertThat(Files.readString(SHIPPED.resolve(Configuration.FILE)))
                .as("after a change of settings: ./therapost config template > config/therapost.properties")
                .isEqualTo(ConfigurationFile.text());
    }

    @Test
    void the_shipped_file_sets_every_key_to_its_default() throws Exception {
        Properties shipped = new Properties();
        shipped.load(new StringReader(ConfigurationFile.text()));

        assertThat(shipped)
                .isEqualTo(
                        ConfigurationSections.settings().collect(Collectors.toMap(Setting::key, Setting::byDefault)));
        assertThat(Configuration.load(SHIPPED, Map.of()).part(SmtpSettings.SECTION))
                .isEqualTo(Configuration.defaults().part(SmtpSettings.SECTION));
        assertThat(Configuration.defaults().part(SmtpSettings.SECTION).listener())
                .hasToString("127.0.0.1:2525");
    }

    @Test
    void each_key_stands_in_one_section_and_is_explained_there() {
        assertThat(ConfigurationSections.settings().map(Setting::key)).doesNotHaveDuplicates();
        assertThat(ConfigurationSections.ALL.stream().map(SettingsSection::part))
                .doesNotHaveDuplicates();
        assertThat(ConfigurationSections.ALL)
                .allSatisfy(section -> assertThat(section.settings().get(0).text())
                        .as(section.title())
                        .isNotBlank());
    }

    @Test
    void the_environment_has_the_last_word() throws Exception {
        write("smtp.port = 26\n");

        Configuration configuration = Configuration.load(
                folder, Map.of("THERAPOST_SMTP_PORT", "27", "THERAPOST_INBOUND_TRUSTED_NETWORKS", "192.0.2.0/24"));

        assertThat(configuration.part(SmtpSettings.SECTION).listener().port()).isEqualTo(27);
        assertThat(configuration
                        .part(SenderSettings.SECTION)
                        .trustedNetworks()
                        .contains(InetAddress.getByName("192.0.2.7")))
                .isTrue();
    }

    @Test
    void a_key_that_nobody_knows_stops_the_start_with_the_line_and_the_likely_meaning() throws Exception {
        write("# mine\n\nsmpt.port = 26\nhealth.queue-stuck-minutes = 10\n");

        assertThat(problems(Map.of("THERAPOST_SMPT_PORT", "26", "THERAPOST_COLOUR", "red")))
                .containsExactlyInAnyOrder(
                        "unknown key smpt.port (" + file() + ", line 3): did you mean smtp.port?",
                        "unknown key health.queue-stuck-minutes (" + file()
                                + ", line 4): it is called health.queue-stuck-after now",
                        "unknown environment variable THERAPOST_SMPT_PORT: did you mean THERAPOST_SMTP_PORT?",
                        "unknown environment variable THERAPOST_COLOUR:"
                                + " see therapost.properties as it is shipped for the keys there are");
    }

    @Test
    void everything_that_is_wrong_is_told_at_once_with_key_value_place_and_what_is_allowed() throws Exception {
        write("imap.port = 70000\n\nlogin.delay = 10\nrelay.smarthost = \\\n    two words\nlog.level = chatty\n");

        assertThat(problems(Map.of("THERAPOST_OFFICE_NAME", "postmaster")))
                .containsExactlyInAnyOrder(
                        "imap.port = 70000 (" + file() + ", line 1): expected a number from 0 to 65535",
                        "login.delay = 10 (" + file()
                                + ", line 3): expected a time from 1 s to 1 min; the unit is missing: s, min, h, d,"
                                + " such as 10 s",
                        "relay.smarthost = two words (" + file()
                                + ", line 4): expected a host name or an IP address, or nothing",
                        "log.level = chatty (" + file() + ", line 6): expected one of error, warn, info, debug",
                        "office.name = postmaster (environment variable THERAPOST_OFFICE_NAME): expected a name such as"
                                + " office: up to 40 letters and digits, and none of postmaster, abuse, mailer-daemon");
    }

    @Test
    void a_key_that_is_set_twice_stops_the_start() throws Exception {
        write("hostname = one.example\nsmtp.port = 26\nhostname = two.example\n");

        assertThat(problems(Map.of()))
                .containsExactly("hostname is set twice (" + file() + ", lines 1 and 3): leave one of them");
    }

    @Test
    void a_password_is_shown_nowhere() throws Exception {
        write("database.password = river\ndatabase.url = jdbc:mysql://x?password=river\n");

        assertThat(problems(Map.of()))
                .hasSize(1)
                .first()
                .asString()
                .doesNotContain("river")
                .contains("(not shown)");

        write("database.password = river\ndatabase.url = jdbc:postgresql://x/y?password=river\n");
        assertThat(Configuration.load(folder, Map.of()).inForce())
                .noneMatch(value -> value.toString().contains("river"))
                .contains(new Configuration.InForce("database.password", "(not shown)", file() + ", line 1"))
                .contains(new Configuration.InForce("database.user", "therapost", "the default"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "smtp.address|mail.example|expected an IP address",
                "inbound.trusted-networks|everybody|expected networks such as 192.0.2.0/24, ::1",
                "dns.servers|127.0.0.1:port|expected resolvers such as 192.0.2.53:53",
                "tls.certificate|/nowhere.pem|there is no such file",
                "sessions.zone|Europe/Atlantis|expected a time zone such as Europe/London",
                "sessions.language|English|expected a language",
                "hostname|no_host|expected a host name",
                "database.url|jdbc:mysql://x|expected a URL that begins with jdbc:postgresql:",
                "database.patience|60|the unit is missing",
                "inbound.maximum-size|1 GiB|expected a size from 64 KiB to 100 MiB",
                "mailbox.quota.messages|-1|expected a number of 0 or more, or nothing",
                "data.folder|''|expected a folder"
            })
    void a_wrong_value_is_named_by_its_key(String key, String value, String expected) throws Exception {
        write(key + " = " + value + "\n");

        assertThat(problems(Map.of()))
                .hasSize(1)
                .first()
                .asString()
                .startsWith(key + " = ")
                .contains(expected);
    }

    @Test
    void values_that_do_not_go_together_are_told() throws Exception {
        Path certificate = Files.createFile(folder.resolve("certificate.pem"));
        write("tls.certificate = " + certificate + "\n");

        assertThat(problems(Map.of()))
                .containsExactly("tls.certificate and tls.key belong together: only one of them is set");
    }

    @Test
    void an_option_of_the_command_line_is_named_as_where_a_value_comes_from() {
        assertThatThrownBy(() -> Configuration.defaults().with(ImapSettings.PORT, "70000", "option --imap-port"))
                .hasMessage("imap.port = 70000 (option --imap-port): expected a number from 0 to 65535");
    }

    @Test
    void values_are_what_they_say() throws Exception {
        Configuration configuration = Configuration.defaults()
                .with(LoginSettings.LONGEST_WAIT, "2 min")
                .with(Office.NAME, "Praxis")
                .with(LogSettings.LEVEL, "DEBUG");

        assertThat(configuration.part(LoginSettings.SECTION).longestWait()).isEqualTo(Duration.ofMinutes(2));
        assertThat(configuration.part(Office.SECTION)).isEqualTo(new Office("praxis"));
        assertThat(configuration.part(LogSettings.SECTION).level()).isEqualTo("debug");
        assertThat(configuration.onFreePorts().inForce())
                .filteredOn(value -> value.key().endsWith(".port"))
                .filteredOn(value -> !value.value().equals("0"))
                .extracting(Configuration.InForce::key)
                .containsExactly("relay.port");
    }

    @Test
    void files_beside_the_configuration_are_taken_where_no_others_are_named() throws Exception {
        write("hostname = mail.practice.example\n");
        Path templates = Files.createDirectory(folder.resolve("templates"));

        Configuration configuration = Configuration.load(folder, Map.of());

        assertThat(configuration.part(LetterSettings.SECTION).folder()).contains(templates);
        assertThat(configuration.part(PipelineSettings.SECTION).file()).contains(folder.resolve("mailetcontainer.xml"));
        assertThat(configuration.part(SenderSettings.SECTION).publicSuffixList())
                .isEmpty();
    }

    @Test
    void a_configuration_without_the_file_of_the_pipelines_is_refused_with_what_to_do() throws Exception {
        write("hostname = mail.practice.example\n");
        Files.delete(folder.resolve("mailetcontainer.xml"));

        assertThat(problems(Map.of()))
                .containsExactly(folder.resolve("mailetcontainer.xml")
                        + " is missing: it names the mailets that mail passes. Put it back, or copy the one that comes"
                        + " with Therapost, or name another by pipeline.file in " + file());
    }

    @Test
    void lines_are_read_as_java_reads_properties() throws Exception {
        write("! a comment\n"
                + "hostname: \\\n"
                + "   mail.\\\n"
                + "   practice.example\n"
                + "smtp.port 26\n"
                + "# imap.port = 1 \\\n"
                + "imap.port=27");

        Configuration configuration = Configuration.load(folder, Map.of());

        assertThat(configuration.part(IdentitySettings.SECTION).hostname()).isEqualTo("mail.practice.example");
        assertThat(configuration.part(SmtpSettings.SECTION).listener().port()).isEqualTo(26);
        assertThat(configuration.part(ImapSettings.SECTION).startTls().port()).isEqualTo(27);
    }

    @Test
    void nobody_is_trusted_by_default() {
        assertThat(Configuration.defaults()
                        .part(SenderSettings.SECTION)
                        .trustedNetworks()
                        .contains(InetAddress.getLoopbackAddress()))
                .isFalse();
    }

    private List<String> problems(Map<String, String> environment) {
        return assertThatThrownBy(() -> Configuration.load(folder, environment))
                .asInstanceOf(InstanceOfAssertFactories.type(ConfigurationException.class))
                .actual()
                .problems();
    }

    private Path file() {
        return folder.resolve(Configuration.FILE);
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), text);
        Path pipeline = folder.resolve("mailetcontainer.xml");
        if (!Files.exists(pipeline)) {
            Files.copy(SHIPPED.resolve("mailetcontainer.xml"), pipeline);
        }
    }
}
