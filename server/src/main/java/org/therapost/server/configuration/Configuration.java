package org.therapost.server.configuration;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.therapost.domain.office.Office;
import org.therapost.mailets.authentication.PublicSuffixes;
import org.therapost.mailets.authentication.TrustedNetworks;
import org.therapost.mailets.relay.HostAndPort;

/** What the server runs with: every value was read and checked before anything starts. */
public final class Configuration {

    /** Name of the file in the configuration folder. */
    public static final String FILE = "therapost.properties";

    private final Map<ConfigurationKey, String> values;

    private Configuration(Map<ConfigurationKey, String> values) throws ConfigurationException {
        this.values = new EnumMap<>(ConfigurationKey.class);
        this.values.putAll(values);
        new ConfigurationChecks(this).all();
    }

    /** All defaults. */
    public static Configuration defaults() {
        try {
            return new Configuration(Map.of());
        } catch (ConfigurationException broken) {
            throw new IllegalStateException("a default is wrong", broken);
        }
    }

    /**
     * Reads the file, if there is one, and the environment, which has the last word.
     *
     * @param folder the configuration folder
     */
    public static Configuration load(Path folder, Map<String, String> environment) throws ConfigurationException {
        return new Configuration(ConfigurationSources.read(folder.resolve(FILE), folder, environment));
    }

    /** The same but for one value. */
    public Configuration with(ConfigurationKey key, String value) throws ConfigurationException {
        Map<ConfigurationKey, String> changed = new EnumMap<>(ConfigurationKey.class);
        changed.putAll(values);
        changed.put(key, value);
        return new Configuration(changed);
    }

    public Path data() {
        return Path.of(value(ConfigurationKey.DATA_FOLDER)).toAbsolutePath().normalize();
    }

    /** The name with which the server greets, and for which its self-made certificate is. */
    public String hostname() {
        return value(ConfigurationKey.HOSTNAME);
    }

    public Listener smtp() {
        return new Listener(value(ConfigurationKey.SMTP_ADDRESS), integer(ConfigurationKey.SMTP_PORT));
    }

    public Listener submission() {
        return new Listener(value(ConfigurationKey.SUBMISSION_ADDRESS), integer(ConfigurationKey.SUBMISSION_PORT));
    }

    public Listener submissions() {
        return new Listener(value(ConfigurationKey.SUBMISSIONS_ADDRESS), integer(ConfigurationKey.SUBMISSIONS_PORT));
    }

    public Listener imap() {
        return new Listener(value(ConfigurationKey.IMAP_ADDRESS), integer(ConfigurationKey.IMAP_PORT));
    }

    public Listener imaps() {
        return new Listener(value(ConfigurationKey.IMAPS_ADDRESS), integer(ConfigurationKey.IMAPS_PORT));
    }

    public Listener administration() {
        return new Listener(value(ConfigurationKey.ADMIN_ADDRESS), integer(ConfigurationKey.ADMIN_PORT));
    }

    /** PEM file with the certificate chain; empty for a self-made certificate. */
    public Optional<Path> tlsCertificate() {
        return file(ConfigurationKey.TLS_CERTIFICATE);
    }

    /** PEM file with the private key, PKCS #8 without passphrase. */
    public Optional<Path> tlsKey() {
        return file(ConfigurationKey.TLS_KEY);
    }

    /** JDBC URL of a PostgreSQL server; empty for the embedded one. */
    public Optional<String> databaseUrl() {
        return text(ConfigurationKey.DATABASE_URL);
    }

    public String databaseUser() {
        return value(ConfigurationKey.DATABASE_USER);
    }

    public String databasePassword() {
        return value(ConfigurationKey.DATABASE_PASSWORD);
    }

    /** Size of the connection pool. */
    public int databaseConnections() {
        return integer(ConfigurationKey.DATABASE_CONNECTIONS);
    }

    /** How long to wait for an answer of the database before a connection to it is given up. */
    public Duration databasePatience() {
        return Duration.ofSeconds(integer(ConfigurationKey.DATABASE_PATIENCE));
    }

    /** DNS resolvers to ask; empty for those of the system. */
    public List<InetSocketAddress> dnsServers() {
        return list(ConfigurationKey.DNS_SERVERS, Configuration::socket);
    }

    /** Octets of the largest message that is taken, over SMTP and IMAP alike. */
    public int maximumSize() {
        return integer(ConfigurationKey.INBOUND_MAXIMUM_SIZE);
    }

    /** Octets of mail on its way in, with their copies, that may be in memory at the same time; empty to fit the heap. */
    public OptionalLong memoryInFlight() {
        return text(ConfigurationKey.MEMORY_IN_FLIGHT).stream()
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    /** Peers whose word for the sender is taken without DNS. */
    public TrustedNetworks trustedNetworks() {
        return TrustedNetworks.of(list(ConfigurationKey.INBOUND_TRUSTED_NETWORKS, text -> text));
    }

    /** Files that may be a public suffix list; the newest that is there counts. */
    public List<Path> publicSuffixLists() {
        return Stream.concat(
                        file(ConfigurationKey.SENDERS_PUBLIC_SUFFIX_LIST).stream(), Stream.of(PublicSuffixes.DEBIAN))
                .toList();
    }

    /** The one host that all outgoing mail goes to; empty for delivery by MX. */
    public Optional<HostAndPort> smarthost() {
        return text(ConfigurationKey.RELAY_SMARTHOST).map(host -> new HostAndPort(host, relayPort()));
    }

    /** The port of the smarthost or, without one, of mail exchangers. */
    public int relayPort() {
        return integer(ConfigurationKey.RELAY_PORT);
    }

    /** PEM file of certificate authorities to trust, when mail leaves, besides those of the JDK. */
    public Optional<Path> relayTrust() {
        return file(ConfigurationKey.RELAY_TRUST_CERTIFICATES);
    }

    public int smtpConnections() {
        return integer(ConfigurationKey.SMTP_CONNECTIONS);
    }

    public int imapConnections() {
        return integer(ConfigurationKey.IMAP_CONNECTIONS);
    }

    /** Octets of the longest IMAP command other than APPEND. */
    public int imapCommandLimit() {
        return integer(ConfigurationKey.IMAP_COMMAND_LIMIT);
    }

    /** Octets of opened messages that are kept in memory for a second look, for all readers together. */
    public int readingMemory() {
        return integer(ConfigurationKey.IMAP_READING_MEMORY);
    }

    /** Octets that must be free on the disk of the data folder; with fewer the server is not ready. */
    public long diskMinimum() {
        return integer(ConfigurationKey.HEALTH_DISK_MINIMUM);
    }

    /** Parcels that may be in the queues; with more the server is not ready. */
    public int queueLimit() {
        return integer(ConfigurationKey.HEALTH_QUEUE_LIMIT);
    }

    /** How long a parcel that could be taken may wait for somebody to take it. */
    public Duration queueStuckAfter() {
        return Duration.ofMinutes(integer(ConfigurationKey.HEALTH_QUEUE_STUCK_MINUTES));
    }

    /** Connections at the same time from one address (IPv6: from one /64), over all listeners of the protocol. */
    public int smtpConnectionsPerAddress() {
        return integer(ConfigurationKey.SMTP_CONNECTIONS_PER_ADDRESS);
    }

    /** Connections at the same time from one address (IPv6: from one /64), over all listeners of the protocol. */
    public int imapConnectionsPerAddress() {
        return integer(ConfigurationKey.IMAP_CONNECTIONS_PER_ADDRESS);
    }

    /** Refused commands after which an SMTP connection is closed. */
    public int smtpErrors() {
        return integer(ConfigurationKey.SMTP_ERRORS);
    }

    /** Wrong passwords for an account from a network that cost no delay. */
    public int loginFailures() {
        return integer(ConfigurationKey.LOGIN_FAILURES);
    }

    /** The first delay after those. */
    public Duration loginDelay() {
        return Duration.ofSeconds(integer(ConfigurationKey.LOGIN_DELAY));
    }

    /** How long a login is held back at most; what would have to wait longer is refused for now. */
    public Duration loginLongestWait() {
        return Duration.ofSeconds(integer(ConfigurationKey.LOGIN_LONGEST_WAIT));
    }

    /** Passwords that are hashed at the same time; empty to fit the machine. */
    public OptionalInt loginHashes() {
        return text(ConfigurationKey.LOGIN_HASHES).stream()
                .mapToInt(Integer::parseInt)
                .findFirst();
    }

    /** Logins that may wait for their password to be hashed. */
    public int loginWaiting() {
        return integer(ConfigurationKey.LOGIN_WAITING);
    }

    /** Messages in all folders of a therapist together before mail programs may add no more; empty for any number. */
    public Optional<Long> quotaMessages() {
        return text(ConfigurationKey.MAILBOX_QUOTA_MESSAGES).map(Long::parseUnsignedLong);
    }

    /** Octets in all folders of a therapist together before mail programs may add no more; empty for any number. */
    public Optional<Long> quotaOctets() {
        return text(ConfigurationKey.MAILBOX_QUOTA_SIZE).map(Long::parseUnsignedLong);
    }

    /** The zone of therapist and client in a thread for which nothing else was agreed; by default this machine's. */
    public ZoneId sessionsZone() {
        return text(ConfigurationKey.SESSIONS_ZONE).map(ZoneId::of).orElseGet(ZoneId::systemDefault);
    }

    /** The language of letters to therapists, and to clients for whom nothing else is set. */
    public Locale sessionsLanguage() {
        return Locale.forLanguageTag(value(ConfigurationKey.SESSIONS_LANGUAGE));
    }

    /** The office: the address of the server itself in each practice. */
    public Office office() {
        return new Office(value(ConfigurationKey.OFFICE_NAME));
    }

    /** Folder with templates of letters that take the place of the built-in ones, file by file. */
    public Optional<Path> lettersFolder() {
        return text(ConfigurationKey.LETTERS_FOLDER).map(Path::of);
    }

    /** Table of the addresses that their provider takes for one mailbox, instead of the built-in one. */
    public Optional<Path> spellings() {
        return text(ConfigurationKey.PROVIDERS_SPELLINGS).map(Path::of);
    }

    /** The file that names the pipelines' mailets; empty for the built-in one. */
    public Optional<Path> pipelineFile() {
        return file(ConfigurationKey.PIPELINE_FILE);
    }

    /** The folder of jars with an operator's own mailets; it need not exist. */
    public Path extensions() {
        return Path.of(value(ConfigurationKey.EXTENSIONS_FOLDER))
                .toAbsolutePath()
                .normalize();
    }

    /** {@code error}, {@code warn}, {@code info} or {@code debug}. */
    public String logLevel() {
        return value(ConfigurationKey.LOG_LEVEL).toLowerCase(Locale.ROOT);
    }

    String value(ConfigurationKey key) {
        return values.getOrDefault(key, key.byDefault());
    }

    private int integer(ConfigurationKey key) {
        return Integer.parseInt(value(key));
    }

    private Optional<String> text(ConfigurationKey key) {
        return Optional.of(value(key)).filter(text -> !text.isEmpty());
    }

    Optional<Path> file(ConfigurationKey key) {
        return text(key).map(Path::of);
    }

    private <T> List<T> list(ConfigurationKey key, Function<String, T> read) {
        return Arrays.stream(value(key).split("[,\\s]+"))
                .filter(one -> !one.isEmpty())
                .map(read)
                .collect(Collectors.toUnmodifiableList());
    }

    private static InetSocketAddress socket(String text) {
        int colon = text.lastIndexOf(':');
        boolean port = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String host = (port ? text.substring(0, colon) : text).replace("[", "").replace("]", "");
        int number = port ? Integer.parseInt(text.substring(colon + 1)) : 53;
        return new InetSocketAddress(IpAddress.of(host), number);
    }
}
