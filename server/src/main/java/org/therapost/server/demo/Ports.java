package org.therapost.server.demo;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.configuration.ConfigurationException;
import org.therapost.server.configuration.Key;

/** On which ports the demo's server listens. */
public enum Ports {
    /** On those of the shipped configuration, and on free ones where these are taken. */
    USUAL,
    /** On free ones: nobody needs to know them beforehand. */
    FREE;

    private static final List<Key> ALL = List.of(
            Key.SMTP_PORT, Key.SUBMISSION_PORT, Key.SUBMISSIONS_PORT, Key.IMAP_PORT, Key.IMAPS_PORT, Key.ADMIN_PORT);

    /** The configuration of a server in this world. */
    Configuration configure(DemoFolder folder, Outside outside) throws ConfigurationException {
        InetSocketAddress dns = outside.dns().address();
        Configuration configuration = Configuration.defaults()
                .with(Key.DATA_FOLDER, folder.data().toString())
                .with(Key.HOSTNAME, Demo.HOSTNAME)
                .with(Key.DNS_SERVERS, dns.getHostString() + ":" + dns.getPort())
                .with(Key.RELAY_PORT, String.valueOf(outside.smtpPort()))
                .with(Key.RELAY_TRUST_CERTIFICATES, outside.authority().toString())
                .with(Key.LOG_LEVEL, "error");
        for (Key port : ALL) {
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
