package org.therapost.mailets.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.therapost.mailets.TestCertificate;

/** The other side of a delivery, with STARTTLS and a certificate of its own making: just enough of RFC 5321. */
final class TlsPeer implements AutoCloseable {

    private final ServerSocket server;
    private final TestCertificate certificate;
    private volatile boolean silentAtTheEnd;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile String sender = "";
    private volatile String rcptAnswer = "250 2.1.5 ok";
    private volatile String recipient = "";
    private volatile boolean international;

    private TlsPeer(ServerSocket server, TestCertificate certificate) {
        this.server = server;
        this.certificate = certificate;
    }

    static TlsPeer start(Path folder, String name) throws Exception {
        TestCertificate certificate = TestCertificate.of(folder, name);
        TlsPeer peer = new TlsPeer(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), certificate);
        Thread thread = new Thread(peer::serve, "tls-peer");
        thread.setDaemon(true);
        thread.start();
        return peer;
    }

    int port() {
        return server.getLocalPort();
    }

    /** A context that trusts this peer's certificate and no other. */
    SSLContext trust() throws Exception {
        return certificate.trust();
    }

    /** The last {@code MAIL} command. */
    String sender() {
        return sender;
    }

    /** The last {@code RCPT} command. */
    String recipient() {
        return recipient;
    }

    /** Announces SMTPUTF8 (RFC 6531). */
    void announceSmtpUtf8() {
        international = true;
    }

    String received() {
        return String.join("", received);
    }

    /** Takes the next messages and breaks the connection before it has answered. */
    void silentAtTheEnd() {
        silentAtTheEnd = true;
    }

    void forget() {
        received.clear();
    }

    void answerRcpt(String answer) {
        rcptAnswer = answer;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                converse(connection, true);
            } catch (Exception brokenOrClosed) {
                // The next connection is another matter.
            }
        }
    }

    private void converse(Socket connection, boolean greeting) throws Exception {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = connection.getOutputStream();
        if (greeting) {
            say(out, "220 peer");
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String verb = line.split(" ")[0].toUpperCase(Locale.ROOT);
            switch (verb) {
                case "EHLO" ->
                    say(
                            out,
                            "250-peer" + (international ? "\r\n250-SMTPUTF8" : "")
                                    + (greeting ? "\r\n250 STARTTLS" : "\r\n250 PIPELINING"));
                case "STARTTLS" -> {
                    say(out, "220 go");
                    converse(tls(connection), false);
                    return;
                }
                case "MAIL" -> {
                    sender = line;
                    say(out, "250 ok");
                }
                case "RCPT" -> {
                    recipient = line;
                    say(out, rcptAnswer);
                }
                case "DATA" -> {
                    say(out, "354 go");
                    StringBuilder lines = new StringBuilder();
                    for (String text = in.readLine(); !".".equals(text); text = in.readLine()) {
                        if (text == null) {
                            return;
                        }
                        lines.append(text).append('\n');
                    }
                    received.add(lines.toString());
                    if (silentAtTheEnd) {
                        return;
                    }
                    say(out, "250 2.0.0 ok");
                }
                default -> say(out, "250 ok");
            }
        }
    }

    private Socket tls(Socket connection) throws Exception {
        SSLSocket socket = (SSLSocket) certificate.identity().getSocketFactory().createSocket(connection, null, true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return socket;
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
