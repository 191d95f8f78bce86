package org.therapost.mailets.dns;

import java.net.InetSocketAddress;
import java.util.List;
import org.therapost.domain.settings.Listener;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * Whom to ask.
 *
 * @param servers DNS resolvers; empty for those of the system
 */
public record DnsSettings(List<InetSocketAddress> servers) {

    private static final int PORT = 53;

    public static final Setting<List<InetSocketAddress>> SERVERS = Setting.of(
            "dns.servers",
            "",
            ValueKind.of("a resolver", DnsSettings::socket).list("resolvers such as 192.0.2.53:53"),
            """
            Resolvers to ask, such as 192.0.2.53:53, separated by commas. Empty: those of the system.
            """);

    /** The section "DNS". */
    public static final SettingsSection<DnsSettings> SECTION =
            SettingsSection.of(DnsSettings.class, "DNS", values -> new DnsSettings(values.get(SERVERS)), SERVERS);

    private static InetSocketAddress socket(String text) {
        int colon = text.lastIndexOf(':');
        boolean port = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String host = (port ? text.substring(0, colon) : text).replace("[", "").replace("]", "");
        int number = port ? Integer.parseInt(text.substring(colon + 1)) : PORT;
        return new InetSocketAddress(Listener.literal(host), number);
    }
}
