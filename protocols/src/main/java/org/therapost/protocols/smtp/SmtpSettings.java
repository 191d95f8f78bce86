package org.therapost.protocols.smtp;

import java.net.InetAddress;
import org.therapost.domain.settings.Listener;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * SMTP from outside, and what strangers meet there.
 *
 * @param connections at the same time, for each listener of SMTP and submission
 * @param perAddress connections at the same time from one address (IPv6: from one /64), over all listeners
 * @param errors refused commands after which a connection is closed
 */
public record SmtpSettings(Listener listener, int connections, int perAddress, int errors) {

    public static final Setting<InetAddress> ADDRESS = Setting.of("smtp.address", "127.0.0.1", Listener.ADDRESS, """
        Other mail servers bring mail here (RFC 5321); STARTTLS is offered. Production: port 25.
        """);

    public static final Setting<Integer> PORT = Setting.of("smtp.port", "2525", Listener.PORT);

    public static final Setting<Integer> CONNECTIONS =
            Setting.of("smtp.connections", "1000", ValueKind.number(2, 100_000), """
                Connections at the same time, for each listener of SMTP and submission.
                """);

    public static final Setting<Integer> CONNECTIONS_PER_ADDRESS =
            Setting.of("smtp.connections-per-address", "50", ValueKind.number(2, 100_000), """
                Connections at the same time from one address (IPv6: from one /64), over all listeners of SMTP and \
                submission. inbound.trusted-networks have no such limit. Behind something that hides addresses, such as \
                the network of a container, everybody has one address: raise it there.
                """);

    public static final Setting<Integer> ERRORS = Setting.of("smtp.errors", "20", ValueKind.number(3, 10_000), """
        Refused commands after which an SMTP connection is closed, so that nobody finds out addresses by trying.
        """);

    /** The section "Mail from outside (SMTP)". */
    public static final SettingsSection<SmtpSettings> SECTION = SettingsSection.of(
            SmtpSettings.class,
            "Mail from outside (SMTP)",
            values -> new SmtpSettings(
                    new Listener(values.get(ADDRESS), values.get(PORT)),
                    values.get(CONNECTIONS),
                    values.get(CONNECTIONS_PER_ADDRESS),
                    values.get(ERRORS)),
            ADDRESS,
            PORT,
            CONNECTIONS,
            CONNECTIONS_PER_ADDRESS,
            ERRORS);
}
