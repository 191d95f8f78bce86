package org.therapost.server.endtoend;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.therapost.server.folder.DataFolder;
import org.therapost.server.folder.StartException;
import org.therapost.server.tls.IdentitySettings;
import org.therapost.server.tls.PemFiles;
import org.therapost.server.tls.ServerIdentity;

/**
 * The client's provider: takes mail over SMTP with STARTTLS and keeps it in memory. A recipient whose name has
 * {@code deferred} or {@code refused} in it gets such an answer, which quotes the recipient, as real ones do.
 */
public final class OutsideServer implements AutoCloseable {

    /** The name by which its certificate is verified. */
    public static final String HOST = "mx.provider.example";

    private final ServerSocket listener;
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<String> senders = new CopyOnWriteArrayList<>();
    private volatile boolean busy;
    private final List<String> turnedAway = new CopyOnWriteArrayList<>();
    private final Path certificate;
    private final SSLContext tls;

    /** A message with this word is put off when all of it has come. */
    public static final String NOT_THIS = "not-this-one";

    /** Starts one. */
    public OutsideServer(Path folder) throws IOException, GeneralSecurityException, StartException {
        this(folder, HOST, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Starts one of another name at an address. */
    public OutsideServer(Path folder, String host, InetSocketAddress address)
            throws IOException, GeneralSecurityException, StartException {
        listener = new ServerSocket(address.getPort(), 50, address.getAddress());
        try (DataFolder data = DataFolder.open(folder)) {
            ServerIdentity.of(IdentitySettings.selfMade(host), data, Clock.systemUTC());
            certificate = data.tls().resolve("certificate.pem");
            tls = context(data.tls());
        }
        Thread thread = new Thread(this::accept, "outside");
        thread.setDaemon(true);
        thread.start();
    }

    private SSLContext context(Path folder) throws IOException, GeneralSecurityException {
        char[] inMemoryOnly = new char[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "outside",
                PemFiles.privateKey(folder.resolve("key.pem")),
                inMemoryOnly,
                PemFiles.certificates(certificate).toArray(java.security.cert.X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, inMemoryOnly);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** On loopback. */
    public int port() {
        return listener.getLocalPort();
    }

    /** To be trusted when mail leaves. */
    public Path certificate() {
        return certificate;
    }

    /** The messages taken. */
    public List<String> taken() {
        return taken;
    }

    /** The envelope senders, in order. */
    public List<String> senders() {
        return senders;
    }

    /** From now on it takes nothing, or again what comes. */
    public void busy(boolean now) {
        busy = now;
    }

    /** The recipients that were deferred or refused. */
    public List<String> turnedAway() {
        return turnedAway;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread thread = new Thread(() -> converse(socket), "outside-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void converse(Socket clear) {
        try (Socket socket = clear) {
            say(socket.getOutputStream(), "220 " + HOST + " ESMTP");
            if (converse(socket.getInputStream(), socket.getOutputStream(), true)) {
                SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
                secure.setUseClientMode(false);
                converse(secure.getInputStream(), secure.getOutputStream(), false);
            }
        } catch (IOException gone) {
            turnedAway.add("a connection that broke");
        }
    }

    /** @return whether TLS is to be started */
    private boolean converse(InputStream raw, OutputStream out, boolean clear) throws IOException {
        // One octet at a time while it is clear: what comes after STARTTLS is for TLS.
        InputStream in = clear ? raw : new BufferedInputStream(raw);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String verb = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
            switch (verb) {
                case "EHLO" ->
                    say(out, "250-" + HOST + (clear ? "\r\n250-STARTTLS" : "") + "\r\n250-SMTPUTF8\r\n250 8BITMIME");
                case "STAR" -> {
                    say(out, "220 go ahead");
                    return true;
                }
                case "MAIL" -> {
                    senders.add(line.replaceAll("(?s).*<(.*)>.*", "$1"));
                    say(out, "250 2.0.0 fine");
                }
                case "RCPT" -> say(out, recipient(line));
                case "DATA" -> {
                    say(out, "354 go ahead");
                    String message = message(in);
                    if (message.contains(NOT_THIS)) {
                        turnedAway.add("a message");
                        say(out, "451 4.7.1 not this one");
                    } else {
                        taken.add(message);
                        say(out, "250 2.0.0 taken");
                    }
                }
                case "QUIT" -> {
                    say(out, "221 bye");
                    return false;
                }
                default -> say(out, "250 2.0.0 fine");
            }
        }
        return false;
    }

    private String recipient(String line) {
        if (busy || line.contains("deferred")) {
            turnedAway.add(line);
            return "451 4.2.1 not now: " + line;
        }
        if (line.contains("refused")) {
            turnedAway.add(line);
            return "550 5.1.1 never: " + line;
        }
        return "250 2.1.5 fine";
    }

    private static String message(InputStream in) throws IOException {
        StringBuilder message = new StringBuilder();
        for (String line = line(in); !line.equals(".\r\n"); line = line(in)) {
            message.append(line.startsWith(".") ? line.substring(1) : line);
        }
        return message.toString();
    }

    /** A line with its end; empty at the end of the connection. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet;
        while ((octet = in.read()) >= 0) {
            line.write(octet);
            if (octet == '\n') {
                break;
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
