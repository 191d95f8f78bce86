package org.therapost.server.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.therapost.domain.addresses.EmailAddress;

/** Reads every value once, before anything starts, so that a mistake is told by name and at once. */
final class ConfigurationChecks {

    private static final int LARGEST_MESSAGE = 100 * 1024 * 1024;
    private static final long LEAST_IN_FLIGHT = 64 * 1024;

    private final Configuration configuration;

    ConfigurationChecks(Configuration configuration) {
        this.configuration = configuration;
    }

    /** @throws ConfigurationException for the first value that is wrong, with what was expected */
    void all() throws ConfigurationException {
        for (ConfigurationKey key : ConfigurationKey.values()) {
            if (key.key().endsWith(".port")) {
                number(key, key == ConfigurationKey.RELAY_PORT ? 1 : 0, 65_535);
            } else if (key.key().endsWith(".address")) {
                check(key, "an IP address", IpAddress::of);
            } else if (key.key().contains(".connections")) {
                number(key, 2, 100_000);
            }
        }
        number(ConfigurationKey.DATABASE_PATIENCE, 5, 3600);
        number(ConfigurationKey.INBOUND_MAXIMUM_SIZE, 64 * 1024, LARGEST_MESSAGE);
        number(ConfigurationKey.IMAP_COMMAND_LIMIT, 8192, 1024 * 1024);
        number(ConfigurationKey.IMAP_READING_MEMORY, 0, 1 << 30);
        number(ConfigurationKey.HEALTH_DISK_MINIMUM, 0, Integer.MAX_VALUE);
        number(ConfigurationKey.HEALTH_QUEUE_LIMIT, 1, Integer.MAX_VALUE);
        number(ConfigurationKey.HEALTH_QUEUE_STUCK_MINUTES, 1, 24 * 60);
        number(ConfigurationKey.SMTP_ERRORS, 3, 10_000);
        number(ConfigurationKey.LOGIN_FAILURES, 1, 1000);
        number(ConfigurationKey.LOGIN_DELAY, 1, 60);
        number(ConfigurationKey.LOGIN_LONGEST_WAIT, 0, 300);
        number(ConfigurationKey.LOGIN_WAITING, 0, 1000);
        check(ConfigurationKey.MEMORY_IN_FLIGHT, "nothing, or a number of octets of 65536 or more", text -> {
            if (configuration.memoryInFlight().orElse(LEAST_IN_FLIGHT) < LEAST_IN_FLIGHT) {
                throw new IllegalArgumentException("out of range");
            }
            return text;
        });
        check(ConfigurationKey.LOGIN_HASHES, "nothing, or a number from 1 to 64", text -> {
            int hashes = configuration.loginHashes().orElse(1);
            if (hashes < 1 || hashes > 64) {
                throw new IllegalArgumentException("out of range");
            }
            return hashes;
        });
        check(ConfigurationKey.MAILBOX_QUOTA_MESSAGES, "a number, or nothing", text -> configuration.quotaMessages());
        check(
                ConfigurationKey.MAILBOX_QUOTA_SIZE,
                "a number of octets, or nothing",
                text -> configuration.quotaOctets());
        check(ConfigurationKey.DATA_FOLDER, "a folder", text -> Path.of(text).toAbsolutePath());
        check(ConfigurationKey.EXTENSIONS_FOLDER, "a folder", text -> configuration.extensions());
        check(ConfigurationKey.HOSTNAME, "a host name", ConfigurationChecks::hostName);
        check(
                ConfigurationKey.INBOUND_TRUSTED_NETWORKS,
                "networks such as 192.0.2.0/24, ::1",
                text -> configuration.trustedNetworks());
        check(ConfigurationKey.DNS_SERVERS, "servers such as 192.0.2.53:53", text -> configuration.dnsServers());
        check(
                ConfigurationKey.SESSIONS_ZONE,
                "a time zone such as Europe/London",
                text -> configuration.sessionsZone());
        check(
                ConfigurationKey.OFFICE_NAME,
                "a name such as office, and none of postmaster, abuse",
                text -> configuration.office());
        check(ConfigurationKey.LOG_LEVEL, "one of error, warn, info, debug", ConfigurationChecks::level);
        check(ConfigurationKey.DATABASE_URL, "a URL that begins with jdbc:postgresql:", ConfigurationChecks::jdbc);
        checkFiles();
    }

    private void checkFiles() throws ConfigurationException {
        for (ConfigurationKey key : List.of(
                ConfigurationKey.TLS_CERTIFICATE,
                ConfigurationKey.TLS_KEY,
                ConfigurationKey.RELAY_TRUST_CERTIFICATES,
                ConfigurationKey.PIPELINE_FILE)) {
            Optional<Path> file = configuration.file(key);
            if (file.isPresent() && !Files.isReadable(file.get())) {
                throw new ConfigurationException(key.key() + ": cannot read " + file.get());
            }
        }
        if (configuration.tlsCertificate().isPresent() != configuration.tlsKey().isPresent()) {
            throw new ConfigurationException("tls.certificate and tls.key belong together: only one of them is set");
        }
    }

    private void number(ConfigurationKey key, int least, int most) throws ConfigurationException {
        check(key, "a number from " + least + " to " + most, text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException("out of range");
            }
            return number;
        });
    }

    private void check(ConfigurationKey key, String expected, Function<String, Object> read)
            throws ConfigurationException {
        try {
            Objects.requireNonNull(read.apply(configuration.value(key)));
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException(key.key() + ": expected " + expected);
        }
    }

    private static String hostName(String text) {
        return text.equals("localhost") ? text : EmailAddress.domainName(text);
    }

    private static String level(String text) {
        if (!List.of("error", "warn", "info", "debug").contains(text.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("no level");
        }
        return text;
    }

    private static String jdbc(String text) {
        if (!text.isEmpty() && !text.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("no PostgreSQL URL");
        }
        return text;
    }
}
