package org.therapost.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * One SMTP connection, in lock-step as Postfix's {@code smtp-source} and the first mail of any relay are: each command
 * waits for its reply. A mail library would spend more on building each message than the servers do on taking it.
 */
public final class SmtpClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final byte[] END_OF_DATA = {'.', '\r', '\n'};

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;

    public SmtpClient(InetSocketAddress server) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(server, PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
        expect(220);
        command("EHLO mx.client.example", 250);
    }

    /** Returns once the server has taken responsibility for the message. */
    public void send(LoadTarget loadTarget, byte[] message) throws IOException {
        command("MAIL FROM:<" + loadTarget.sender() + ">", 250);
        command("RCPT TO:<" + loadTarget.recipient() + ">", 250);
        command("DATA", 354);
        out.write(message);
        out.write(END_OF_DATA);
        out.flush();
        expect(250);
    }

    @Override
    public void close() throws IOException {
        try (socket) {
            command("QUIT", 221);
        }
    }

    private void command(String line, int wanted) throws IOException {
        out.write((line + "\r\n").getBytes(US_ASCII));
        out.flush();
        expect(wanted);
    }

    private void expect(int wanted) throws IOException {
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = line();
        }
        if (!line.startsWith(Integer.toString(wanted))) {
            socket.close();
            throw new IOException("The server answered \"" + line + "\" where " + wanted + " was due");
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new IOException("The server hung up");
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }
}
