package org.therapost.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The client side of SMTP, octet by octet: it sends what it is told to, right or wrong. */
public final class RawSmtp implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private Socket socket;
    private InputStream in;
    private OutputStream out;

    private RawSmtp(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
    }

    /** Takes a connection and waits for the greeting. */
    public static RawSmtp connect(Socket socket) throws IOException {
        RawSmtp smtp = new RawSmtp(socket);
        assertThat(smtp.reply()).startsWith("220 ");
        return smtp;
    }

    /** Sends a line and returns the whole reply. */
    public String command(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return reply();
    }

    /** Sends a line whose reply must begin so. */
    public RawSmtp expect(String replyBegins, String line) throws IOException {
        assertThat(command(line)).as(line).startsWith(replyBegins);
        return this;
    }

    /** One reply with all its lines, each ended by LF. */
    public String reply() throws IOException {
        StringBuilder reply = new StringBuilder();
        String line;
        do {
            line = line();
            reply.append(line).append('\n');
        } while (line.length() > 3 && line.charAt(3) == '-');
        return reply.toString();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet;
        while ((octet = in.read()) != '\n') {
            if (octet < 0) {
                throw new EOFException("the server has closed the connection");
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** Sends octets as they are. */
    public RawSmtp send(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
        return this;
    }

    /** Whether the server has said something that nobody has read yet. */
    public boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    /** Starts TLS and introduces itself again. */
    public RawSmtp startTls() throws IOException {
        expect("220 ", "STARTTLS");
        socket = Tls.over(socket);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
        return expect("250", "EHLO mail-program.example");
    }

    /** AUTH PLAIN; returns the reply. */
    public String login(String user, String password) throws IOException {
        byte[] plain = ("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8);
        return command("AUTH PLAIN " + Base64.getEncoder().encodeToString(plain));
    }

    /** Sends MAIL, RCPT and DATA with the message; returns the last reply: of the message, or the first refusal. */
    public String mail(String sender, String recipient, byte[] message) throws IOException {
        for (String line : new String[] {"MAIL FROM:<" + sender + ">", "RCPT TO:<" + recipient + ">", "DATA"}) {
            String reply = command(line);
            if (!reply.startsWith("2") && !reply.startsWith("354")) {
                if (!line.equals("MAIL FROM:<" + sender + ">")) {
                    command("RSET");
                }
                return reply;
            }
        }
        return data(message);
    }

    public String mail(String sender, String recipient, String message) throws IOException {
        return mail(sender, recipient, message.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a message after 354, dot-stuffed, and returns the reply. */
    public String data(byte[] message) throws IOException {
        boolean lineBegins = true;
        for (byte octet : message) {
            if (lineBegins && octet == '.') {
                out.write('.');
            }
            out.write(octet);
            lineBegins = octet == '\n';
        }
        out.write((lineBegins ? ".\r\n" : "\r\n.\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return reply();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
