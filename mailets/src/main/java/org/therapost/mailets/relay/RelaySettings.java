package org.therapost.mailets.relay;

import java.nio.file.Path;
import java.util.Optional;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * Which way mail to clients leaves.
 *
 * @param smarthost the one host that all outgoing mail goes to; empty for delivery by MX
 * @param port of the smarthost or, without one, of mail exchangers
 * @param trustCertificates PEM file of certificate authorities to trust besides those of the JDK
 */
public record RelaySettings(Optional<HostAndPort> smarthost, int port, Optional<Path> trustCertificates) {

    public static final Setting<Optional<String>> SMARTHOST = Setting.of(
            "relay.smarthost",
            "",
            ValueKind.of("a host name or an IP address", RelaySettings::host).orNothing(),
            """
            A host that takes all outgoing mail, and its port. Empty: delivery straight to the client's mail exchanger \
            (MX), at that port. The host then chooses the client's mail exchanger: what is pinned is not looked at, and \
            where it goes on to is not known here.
            """);

    public static final Setting<Integer> PORT = Setting.of("relay.port", "25", ValueKind.port());

    public static final Setting<Optional<Path>> TRUST_CERTIFICATES =
            Setting.of("relay.trust-certificates", "", ValueKind.readableFile().orNothing(), """
                PEM file of certificate authorities that are trusted, besides the JDK's own, when mail leaves.
                """);

    /** The section "Mail to clients". */
    public static final SettingsSection<RelaySettings> SECTION = SettingsSection.of(
            RelaySettings.class,
            "Mail to clients",
            values -> {
                int port = values.get(PORT);
                return new RelaySettings(
                        values.get(SMARTHOST).map(host -> new HostAndPort(host, port)),
                        port,
                        values.get(TRUST_CERTIFICATES));
            },
            SMARTHOST,
            PORT,
            TRUST_CERTIFICATES);

    private static String host(String text) {
        if (text.chars().anyMatch(letter -> Character.isWhitespace(letter) || letter == ',' || letter == '/')) {
            throw new IllegalArgumentException("no host");
        }
        return text;
    }
}
