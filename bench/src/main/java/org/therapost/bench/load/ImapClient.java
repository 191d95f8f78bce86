package org.therapost.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * One IMAP connection that reads answers and throws them away: what a mail program does with them is not the server's
 * cost, and a mail library would do more with them than the servers do.
 */
public final class ImapClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 300_000;
    private static final int BUFFER = 64 * 1024;
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)}$");
    private static final SSLContext ANYBODY = anybody();

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private int tag;

    private ImapClient(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = socket.getOutputStream();
        line();
    }

    /** Connects; for TLS, without asking who it is: it is this machine. */
    public static ImapClient connect(ReadTarget readTarget) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(readTarget.server(), PATIENCE_MILLIS);
        if (!readTarget.tls()) {
            return new ImapClient(socket);
        }
        SSLSocket sealed = (SSLSocket) ANYBODY.getSocketFactory()
                .createSocket(socket, "127.0.0.1", readTarget.server().getPort(), true);
        return new ImapClient(sealed);
    }

    /** Connects, logs in and selects. */
    public static ImapClient select(ReadTarget readTarget) throws IOException {
        ImapClient session = connect(readTarget);
        session.login(readTarget);
        session.command("SELECT \"" + readTarget.folder() + "\"");
        return session;
    }

    public void login(ReadTarget readTarget) throws IOException {
        command("LOGIN \"" + readTarget.login() + "\" \"" + readTarget.password() + "\"");
    }

    /**
     * Sends a command and waits for its OK.
     *
     * @return how many untagged {@code FETCH} responses came
     */
    int command(String command) throws IOException {
        return command(command, line -> line.startsWith("* ") && line.contains(" FETCH (") ? 1 : 0);
    }

    /**
     * Sends SORT or THREAD and waits for its OK.
     *
     * @return how many messages were named
     */
    int order(String command) throws IOException {
        return command(
                command,
                line -> line.startsWith("* SORT") || line.startsWith("* THREAD")
                        ? (int) NUMBER.matcher(line).results().count()
                        : 0);
    }

    private int command(String command, ToIntFunction<String> counted) throws IOException {
        String name = "a" + ++tag;
        send(name + " " + command);
        int count = 0;
        for (String line = line(); ; line = line()) {
            if (line.startsWith(name + " ")) {
                if (!line.startsWith(name + " OK")) {
                    throw new IOException("The server answered \"" + line + "\" to " + command.split(" ", 2)[0]);
                }
                return count;
            }
            count += counted.applyAsInt(line);
        }
    }

    /** Selects a mailbox; returns how many messages it holds. */
    public int selected(String folder) throws IOException {
        String name = "a" + ++tag;
        send(name + " SELECT \"" + folder + "\"");
        int exists = 0;
        for (String line = line(); !line.startsWith(name + " "); line = line()) {
            if (line.endsWith(" EXISTS")) {
                exists = Integer.parseInt(line.split(" ", 3)[1]);
            }
        }
        return exists;
    }

    /** Begins to idle (RFC 2177). */
    public void idle() throws IOException {
        send("a" + ++tag + " IDLE");
        while (!line().startsWith("+")) {
            // what came before the continuation
        }
    }

    /** Waits, idling, until the server tells of this many messages. */
    public void awaitExists(int messages) throws IOException {
        while (!line().equals("* " + messages + " EXISTS")) {
            // RECENT and the like
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void send(String line) throws IOException {
        out.write((line + "\r\n").getBytes(US_ASCII));
        out.flush();
    }

    /** A line as IMAP means it: literals within it are read and left out. */
    private String line() throws IOException {
        StringBuilder whole = new StringBuilder();
        while (true) {
            String part = lineOfText();
            whole.append(part);
            Matcher literal = LITERAL.matcher(part);
            if (!literal.find()) {
                return whole.toString();
            }
            in.skipNBytes(Long.parseLong(literal.group(1)));
        }
    }

    private String lineOfText() throws IOException {
        byte[] line = new byte[256];
        int length = 0;
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("The server hung up");
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, length * 2);
            }
            line[length++] = (byte) octet;
        }
        return new String(line, 0, length > 0 && line[length - 1] == '\r' ? length - 1 : length, ISO_8859_1);
    }

    private static SSLContext anybody() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAnybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS is part of every JDK", e);
        }
    }

    /** The certificate is self-made, and the other end is this machine ({@link ReadTarget} checks it). */
    private static final class TrustAnybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
