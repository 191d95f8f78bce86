package org.therapost.protocols.imap;

import java.net.InetAddress;
import org.therapost.domain.settings.Listener;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * Where therapists read, and within which limits.
 *
 * @param startTls begins in clear, STARTTLS before LOGIN
 * @param implicitTls TLS from the first octet (RFC 8314)
 * @param connections at the same time, for each listener
 * @param perAddress connections at the same time from one address (IPv6: from one /64), over both listeners
 * @param commandLimit octets of the longest command other than APPEND, after login
 */
public record ImapSettings(Listener startTls, Listener implicitTls, int connections, int perAddress, int commandLimit) {

    public static final Setting<InetAddress> ADDRESS = Setting.of("imap.address", "127.0.0.1", Listener.ADDRESS, """
        Therapists' mail programs read here (RFC 9051), STARTTLS before LOGIN. Production: port 143.
        """);

    public static final Setting<Integer> PORT = Setting.of("imap.port", "2143", Listener.PORT);

    public static final Setting<InetAddress> TLS_ADDRESS =
            Setting.of("imaps.address", "127.0.0.1", Listener.ADDRESS, """
                The same over implicit TLS (RFC 8314). Production: port 993.
                """);

    public static final Setting<Integer> TLS_PORT = Setting.of("imaps.port", "2993", Listener.PORT);

    public static final Setting<Integer> CONNECTIONS =
            Setting.of("imap.connections", "1000", ValueKind.number(2, 100_000), """
                Connections at the same time, for each of the two listeners.
                """);

    public static final Setting<Integer> CONNECTIONS_PER_ADDRESS =
            Setting.of("imap.connections-per-address", "200", ValueKind.number(2, 100_000), """
                Connections at the same time from one address (IPv6: from one /64), over both listeners. Raise it if many \
                therapists share one address: each mail program keeps about five connections. Behind something that hides \
                addresses, such as the network of a container, everybody has one address: raise it there, too.
                """);

    public static final Setting<Long> COMMAND_LIMIT =
            Setting.of("imap.command-limit", "64 KiB", ValueKind.size(8192, 1024 * 1024), """
                The longest IMAP command other than APPEND (after login; before it 8 KiB).
                """);

    /** The section "Therapists' reading (IMAP)". */
    public static final SettingsSection<ImapSettings> SECTION = SettingsSection.of(
            ImapSettings.class,
            "Therapists' reading (IMAP)",
            values -> new ImapSettings(
                    new Listener(values.get(ADDRESS), values.get(PORT)),
                    new Listener(values.get(TLS_ADDRESS), values.get(TLS_PORT)),
                    values.get(CONNECTIONS),
                    values.get(CONNECTIONS_PER_ADDRESS),
                    Math.toIntExact(values.get(COMMAND_LIMIT))),
            ADDRESS,
            PORT,
            TLS_ADDRESS,
            TLS_PORT,
            CONNECTIONS,
            CONNECTIONS_PER_ADDRESS,
            COMMAND_LIMIT);
}
