package org.therapost.demo;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.therapost.demo.world.OutsideWorld;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.configuration.ConfigurationException;
import org.therapost.server.configuration.ConfigurationKey;

/** On which ports the demo's server listens. */
public enum DemoPorts {
    /** On those of the shipped configuration, and on free ones where these are taken. */
    USUAL,
    /** On free ones: nobody needs to know them beforehand. */
    FREE;

    private static final List<ConfigurationKey> ALL = List.of(
            ConfigurationKey.SMTP_PORT,
            ConfigurationKey.SUBMISSION_PORT,
            ConfigurationKey.SUBMISSIONS_PORT,
            ConfigurationKey.IMAP_PORT,
            ConfigurationKey.IMAPS_PORT,
            ConfigurationKey.ADMIN_PORT);

    /** The configuration of a server in this world. */
    Configuration configure(DemoFolder folder, OutsideWorld outsideWorld) throws ConfigurationException {
        InetSocketAddress dns = outsideWorld.dns().address();
        Configuration configuration = Configuration.defaults()
                .with(ConfigurationKey.DATA_FOLDER, folder.data().toString())
                .with(ConfigurationKey.HOSTNAME, Demo.HOSTNAME)
                .with(ConfigurationKey.DNS_SERVERS, dns.getHostString() + ":" + dns.getPort())
                .with(ConfigurationKey.RELAY_PORT, String.valueOf(outsideWorld.smtpPort()))
                .with(
                        ConfigurationKey.RELAY_TRUST_CERTIFICATES,
                        outsideWorld.authority().toString())
                .with(ConfigurationKey.LOG_LEVEL, "error");
        for (ConfigurationKey port : ALL) {
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
