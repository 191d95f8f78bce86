package org.therapost.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.therapost.server.tls.ServerIdentity;

/** A raw connection: what is said is what goes over the wire. */
public final class Wire implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader in;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(30_000);
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    public static Wire open(InetSocketAddress address) throws IOException {
        return new Wire(new Socket(address.getAddress(), address.getPort()));
    }

    /** TLS from the first octet, trusting this identity and no other. */
    public static Wire tls(InetSocketAddress address, ServerIdentity identity) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("server", identity.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return new Wire(context.getSocketFactory().createSocket(address.getAddress(), address.getPort()));
    }

    /** Says a line and hears the reply. */
    public String ask(String line) throws IOException {
        say(line);
        return reply();
    }

    /** Says a line. */
    void say(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The last line of a reply: of SMTP the one without hyphen, of IMAP the tagged one. */
    public String reply() throws IOException {
        String line = line();
        while (line.startsWith("* ") || (line.length() > 3 && line.charAt(3) == '-')) {
            line = line();
        }
        return line;
    }

    public String line() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("the server closed the connection");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
