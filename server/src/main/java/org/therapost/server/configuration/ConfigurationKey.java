package org.therapost.server.configuration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every key of {@code therapost.properties} with its default; an empty default means "not set". */
public enum ConfigurationKey {
    DATA_FOLDER("data.folder", "data"),
    HOSTNAME("hostname", "localhost"),
    SMTP_ADDRESS("smtp.address", "127.0.0.1"),
    SMTP_PORT("smtp.port", "2525"),
    SUBMISSION_ADDRESS("submission.address", "127.0.0.1"),
    SUBMISSION_PORT("submission.port", "2587"),
    SUBMISSIONS_ADDRESS("submissions.address", "127.0.0.1"),
    SUBMISSIONS_PORT("submissions.port", "2465"),
    IMAP_ADDRESS("imap.address", "127.0.0.1"),
    IMAP_PORT("imap.port", "2143"),
    IMAPS_ADDRESS("imaps.address", "127.0.0.1"),
    IMAPS_PORT("imaps.port", "2993"),
    ADMIN_ADDRESS("admin.address", "127.0.0.1"),
    ADMIN_PORT("admin.port", "2580"),
    TLS_CERTIFICATE("tls.certificate", ""),
    TLS_KEY("tls.key", ""),
    DATABASE_URL("database.url", ""),
    DATABASE_USER("database.user", "therapost"),
    DATABASE_PASSWORD("database.password", ""),
    DATABASE_CONNECTIONS("database.connections", "10"),
    DATABASE_PATIENCE("database.patience", "60"),
    DNS_SERVERS("dns.servers", ""),
    INBOUND_MAXIMUM_SIZE("inbound.maximum-size", "37748736"),
    INBOUND_TRUSTED_NETWORKS("inbound.trusted-networks", ""),
    SENDERS_PUBLIC_SUFFIX_LIST("senders.public-suffix-list", ""),
    MEMORY_IN_FLIGHT("memory.in-flight", ""),
    RELAY_SMARTHOST("relay.smarthost", ""),
    RELAY_PORT("relay.port", "25"),
    RELAY_TRUST_CERTIFICATES("relay.trust-certificates", ""),
    SMTP_CONNECTIONS("smtp.connections", "1000"),
    IMAP_CONNECTIONS("imap.connections", "1000"),
    IMAP_COMMAND_LIMIT("imap.command-limit", "65536"),
    IMAP_READING_MEMORY("imap.reading-memory", "33554432"),
    HEALTH_DISK_MINIMUM("health.disk-minimum", "268435456"),
    HEALTH_QUEUE_LIMIT("health.queue-limit", "10000"),
    HEALTH_QUEUE_STUCK_MINUTES("health.queue-stuck-minutes", "10"),
    SMTP_CONNECTIONS_PER_ADDRESS("smtp.connections-per-address", "50"),
    IMAP_CONNECTIONS_PER_ADDRESS("imap.connections-per-address", "200"),
    SMTP_ERRORS("smtp.errors", "20"),
    LOGIN_FAILURES("login.failures", "5"),
    LOGIN_DELAY("login.delay", "10"),
    LOGIN_LONGEST_WAIT("login.longest-wait", "30"),
    LOGIN_HASHES("login.hashes", ""),
    LOGIN_WAITING("login.waiting", "500"),
    MAILBOX_QUOTA_MESSAGES("mailbox.quota.messages", ""),
    MAILBOX_QUOTA_SIZE("mailbox.quota.size", ""),
    SESSIONS_ZONE("sessions.zone", ""),
    SESSIONS_LANGUAGE("sessions.language", "en"),
    OFFICE_NAME("office.name", "office"),
    LETTERS_FOLDER("letters.folder", ""),
    PROVIDERS_SPELLINGS("providers.spellings", ""),
    PIPELINE_FILE("pipeline.file", ""),
    EXTENSIONS_FOLDER("extensions.folder", "extensions"),
    LOG_LEVEL("log.level", "info");

    private final String key;
    private final String byDefault;

    ConfigurationKey(String key, String byDefault) {
        this.key = key;
        this.byDefault = byDefault;
    }

    /** As it stands in the file. */
    public String key() {
        return key;
    }

    /** The value where nobody says anything. */
    public String byDefault() {
        return byDefault;
    }

    /** As it is called in the environment. */
    public String variable() {
        return "THERAPOST_" + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    static Optional<ConfigurationKey> of(String key) {
        return Arrays.stream(values()).filter(one -> one.key.equals(key)).findFirst();
    }

    static Optional<ConfigurationKey> ofVariable(String variable) {
        return Arrays.stream(values())
                .filter(one -> one.variable().equals(variable))
                .findFirst();
    }
}
