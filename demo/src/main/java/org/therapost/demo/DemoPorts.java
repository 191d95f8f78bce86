package org.therapost.demo;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.therapost.demo.world.OutsideWorld;
import org.therapost.domain.settings.Setting;
import org.therapost.mailets.dns.DnsSettings;
import org.therapost.mailets.relay.RelaySettings;
import org.therapost.protocols.imap.ImapSettings;
import org.therapost.protocols.smtp.SmtpSettings;
import org.therapost.protocols.smtp.SubmissionSettings;
import org.therapost.server.administration.AdministrationSettings;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.configuration.ConfigurationException;
import org.therapost.server.folder.DataFolderSettings;
import org.therapost.server.log.LogSettings;
import org.therapost.server.tls.IdentitySettings;

/** On which ports the demo's server listens. */
public enum DemoPorts {
    /** On those of the shipped configuration, and on free ones where these are taken. */
    USUAL,
    /** On free ones: nobody needs to know them beforehand. */
    FREE;

    private static final List<Setting<?>> ALL = List.of(
            SmtpSettings.PORT,
            SubmissionSettings.PORT,
            SubmissionSettings.TLS_PORT,
            ImapSettings.PORT,
            ImapSettings.TLS_PORT,
            AdministrationSettings.PORT);

    /** The configuration of a server in this world. */
    Configuration configure(DemoFolder folder, OutsideWorld outsideWorld) throws ConfigurationException {
        InetSocketAddress dns = outsideWorld.dns().address();
        Configuration configuration = Configuration.defaults()
                .with(DataFolderSettings.DATA_FOLDER, folder.data().toString())
                .with(IdentitySettings.HOSTNAME, Demo.HOSTNAME)
                .with(DnsSettings.SERVERS, dns.getHostString() + ":" + dns.getPort())
                .with(RelaySettings.PORT, String.valueOf(outsideWorld.smtpPort()))
                .with(RelaySettings.TRUST_CERTIFICATES, outsideWorld.authority().toString())
                .with(LogSettings.LEVEL, "error");
        for (Setting<?> port : ALL) {
            if (this == FREE || taken(Integer.parseInt(port.byDefault()))) {
                configuration = configuration.with(port, "0");
            }
        }
        return configuration;
    }

    private static boolean taken(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddresses.forString("127.0.0.1"), port));
            return false;
        } catch (IOException taken) {
            return true;
        }
    }
}
