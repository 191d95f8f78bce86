package org.therapost.demo.world;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import org.therapost.server.folder.DataFolder;
import org.therapost.server.tls.IdentitySettings;
import org.therapost.server.tls.ServerIdentity;

/**
 * The world outside, on loopback addresses of its own: a name server; provider A without TLS, whose mail SPF proves;
 * provider B with TLS, whose mail DKIM proves; and Mallory's host.
 */
public final class OutsideWorld implements AutoCloseable {

    public static final String ALICE = "alice@provider-a.example";
    public static final String BRUNO = "bruno@provider-b.example";
    public static final String MALLORY = "mallory@evil.example";

    /** Provider A's sending and receiving host. */
    public static final MailHost HOST_A = new MailHost("mx.provider-a.example", "127.0.0.2");

    /** Provider B's receiving host. */
    static final MailHost HOST_B = new MailHost("mx.provider-b.example", "127.0.0.3");

    /** A host of another company that sends for provider B, and that its SPF record does not name. */
    public static final MailHost FORWARDER = new MailHost("out.forwarder.example", "127.0.0.4");

    public static final MailHost MALLORYS_HOST = new MailHost("mail.evil.example", "127.0.0.66");

    /** What provider A says about who may send for it. */
    public static final String ONLY_HOST_A = "v=spf1 ip4:127.0.0.2 -all";

    private static final int TRIES = 20;

    private final NameServer dns;
    private final int smtpPort;
    private final DkimProvider bruno;
    private final Provider providerA;
    private final Provider providerB;
    private final MailExchanger exchangerA;
    private final MailExchanger exchangerB;
    private final Path authority;

    private OutsideWorld(NameServer dns, int smtpPort, Path folder, Clock clock) throws Exception {
        this.dns = dns;
        this.smtpPort = smtpPort;
        this.bruno = new DkimProvider("provider-b.example");
        this.providerA = Provider.open(at(HOST_A, 0), ALICE, "alice");
        this.exchangerA = MailExchanger.withoutTls(at(HOST_A, smtpPort), HOST_A, providerA.smtp());
        this.providerB = Provider.open(at(HOST_B, 0), BRUNO, "bruno");
        try (DataFolder keys = DataFolder.open(folder.resolve("provider-b"))) {
            this.authority = keys.tls().resolve("certificate.pem");
            this.exchangerB = MailExchanger.open(
                    at(HOST_B, smtpPort),
                    ServerIdentity.of(IdentitySettings.selfMade(HOST_B.name()), keys, clock),
                    HOST_B,
                    providerB.smtp());
        }
    }

    /**
     * Opens the world.
     *
     * @param folder for provider B's certificate
     * @param spfOfProviderA usually {@link #ONLY_HOST_A}
     * @throws DemoException if this machine has not the loopback addresses
     */
    public static OutsideWorld open(Path folder, String spfOfProviderA, Clock clock) throws Exception {
        OutsideWorld outsideWorld = new OutsideWorld(NameServer.start(), freePort(), folder, clock);
        outsideWorld.publish(spfOfProviderA);
        return outsideWorld;
    }

    private void publish(String spfOfProviderA) throws IOException {
        domain("provider-a.example", HOST_A, spfOfProviderA);
        domain("provider-b.example", HOST_B, "v=spf1 ip4:" + HOST_B.address() + " -all");
        domain("evil.example", MALLORYS_HOST, "v=spf1 ip4:" + MALLORYS_HOST.address() + " -all");
        dns.publish(FORWARDER.name(), "A", FORWARDER.address());
        bruno.publish(dns);
    }

    private void domain(String name, MailHost host, String spf) throws IOException {
        dns.publish(name, "MX", "10 " + host.name() + ".")
                .publish(host.name(), "A", host.address())
                .publish(name, "TXT", spf)
                .publish("_dmarc." + name, "TXT", "v=DMARC1; p=reject");
    }

    /** A port that is free on the hosts of both providers, as 25 is elsewhere. */
    private static int freePort() throws DemoException {
        IOException last = new IOException("never tried");
        for (int tried = 0; tried < TRIES; tried++) {
            try (ServerSocket atA = new ServerSocket();
                    ServerSocket atB = new ServerSocket()) {
                atA.bind(at(HOST_A, 0));
                atB.bind(at(HOST_B, atA.getLocalPort()));
                return atA.getLocalPort();
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw new DemoException(
                "the demo's providers need the loopback addresses 127.0.0.2, .3, .4 and .66, which every Linux has"
                        + " (macOS: sudo ifconfig lo0 alias 127.0.0.2, and so on)",
                last);
    }

    private static InetSocketAddress at(MailHost host, int port) {
        return new InetSocketAddress(InetAddresses.forString(host.address()), port);
    }

    public NameServer dns() {
        return dns;
    }

    /** The port on which all mail exchangers of this world listen. */
    public int smtpPort() {
        return smtpPort;
    }

    /** PEM file of the authority behind provider B's certificate. */
    public Path authority() {
        return authority;
    }

    public Provider providerA() {
        return providerA;
    }

    public Provider providerB() {
        return providerB;
    }

    public MailExchanger exchangerB() {
        return exchangerB;
    }

    /** With what provider B signs. */
    public DkimProvider signatureB() {
        return bruno;
    }

    @Override
    public void close() {
        exchangerA.close();
        exchangerB.close();
        providerA.close();
        providerB.close();
        dns.close();
    }
}
