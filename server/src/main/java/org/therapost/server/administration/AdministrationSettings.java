package org.therapost.server.administration;

import java.net.InetAddress;
import org.therapost.domain.settings.Listener;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;

/** Where the command line finds the running server. */
public record AdministrationSettings(Listener listener) {

    public static final Setting<InetAddress> ADDRESS = Setting.of("admin.address", "127.0.0.1", Listener.ADDRESS, """
        The command line on this machine talks to the running server here, by HTTP and with a token that is in the \
        data folder. Keep it on loopback.
        """);

    public static final Setting<Integer> PORT = Setting.of("admin.port", "2580", Listener.PORT);

    /** The section "Administration". */
    public static final SettingsSection<AdministrationSettings> SECTION = SettingsSection.of(
            AdministrationSettings.class,
            "Administration",
            values -> new AdministrationSettings(new Listener(values.get(ADDRESS), values.get(PORT))),
            ADDRESS,
            PORT);
}
