package org.therapost.server.holes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/** The other side of a connection: it sends any octets, and hears lines or the end. */
final class Peer implements AutoCloseable {

    /** What is heard when the connection has ended. */
    static final String END = "<end>";

    private static final int PATIENCE_MILLIS = 60_000;
    private static final int PATIENT_MILLIS = 300_000;

    private Socket socket;
    private InputStream in;

    private Peer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects from one loopback address to a port on loopback. */
    static Peer connect(String from, int port) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        return new Peer(socket);
    }

    /** Waits as long for each answer as RFC 5321 section 4.5.3.2 asks of programs: a whole practice may be in the queue. */
    Peer patient() throws IOException {
        socket.setSoTimeout(PATIENT_MILLIS);
        return this;
    }

    /** Goes on over TLS. */
    Peer over(SSLContext tls) throws IOException {
        socket = tls.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        in = new BufferedInputStream(socket.getInputStream());
        return this;
    }

    /** Sends text as ISO-8859-1; what cannot be sent because the other side has closed is for the next line to tell. */
    Peer send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Peer send(byte[] octets) throws IOException {
        try {
            socket.getOutputStream().write(octets);
            socket.getOutputStream().flush();
        } catch (SocketException closed) {
            // The answer may have come before the end.
        }
        return this;
    }

    /** The next line without its end, or {@link #END}. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int octet;
            while ((octet = in.read()) != '\n') {
                if (octet < 0) {
                    return END;
                }
                line.write(octet);
            }
        } catch (SocketException reset) {
            return END;
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Sends a line of SMTP; returns the reply, its lines joined by LF. */
    String ask(String line) throws IOException {
        return send(line + "\r\n").reply();
    }

    /** A reply of SMTP, its lines joined by LF. */
    String reply() throws IOException {
        StringBuilder reply = new StringBuilder(line());
        while (lastLine(reply).matches("\\d{3}-.*")) {
            reply.append('\n').append(line());
        }
        return reply.toString();
    }

    private static String lastLine(StringBuilder text) {
        return text.substring(text.lastIndexOf("\n") + 1);
    }

    /** Sends a command of IMAP; returns all lines up to its completion, joined by LF. */
    String command(String tag, String command) throws IOException {
        return send(tag + " " + command + "\r\n").completion(tag);
    }

    /** All lines up to the completion of a command, or to the end, joined by LF. */
    String completion(String tag) throws IOException {
        List<String> lines = new ArrayList<>();
        String line;
        do {
            line = line();
            lines.add(line);
        } while (!line.startsWith(tag + " ") && !line.startsWith("+") && !line.equals(END));
        return String.join("\n", lines);
    }

    Peer login(String user, String password) throws IOException {
        assertThat(command("login", "LOGIN \"" + user + "\" \"" + password + "\""))
                .contains("login OK");
        return this;
    }

    /** Brings a message, whose author is its sender; returns the reply to it, or the first refusal. */
    String mail(String sender, String recipient, String message) throws IOException {
        for (String line :
                List.of("EHLO provider.example", "MAIL FROM:<" + sender + ">", "RCPT TO:<" + recipient + ">")) {
            String reply = ask(line);
            if (!reply.startsWith("2")) {
                return reply;
            }
        }
        assertThat(ask("DATA")).startsWith("354");
        return send("From: " + sender + "\r\n" + message + "\r\n.\r\n").reply();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
