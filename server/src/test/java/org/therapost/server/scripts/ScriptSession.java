package org.therapost.server.scripts;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.apache.james.mpt.api.Continuation;
import org.apache.james.mpt.api.Session;
import org.apache.james.mpt.session.ExternalSessionFactory;
import org.therapost.server.endtoend.Tls;

/** One connection of a script. The greeting is replaced by the one that James's scripts expect, as James's own sessions do. */
final class ScriptSession implements Session {

    private static final int PATIENCE_MILLIS = 60_000;

    private final InetSocketAddress address;
    private final Continuation continuation;
    private final UnaryOperator<String> heard;
    private Socket socket;
    private InputStream in;
    private boolean greeted;

    /**
     * @param continuation is told when the server waits for more, as James's scripts expect
     * @param heard what the script gets to see of a line
     */
    ScriptSession(InetSocketAddress address, Continuation continuation, UnaryOperator<String> heard)
            throws IOException {
        this.address = address;
        this.continuation = continuation;
        this.heard = heard;
        this.socket = connect(address);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = Tls.connect(address.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    @Override
    public String readLine() throws IOException {
        String line = line();
        if (!greeted) {
            greeted = true;
            return ExternalSessionFactory.IMAP_SHABANG;
        }
        if (line.startsWith("+")) {
            continuation.doContinue();
        }
        // The scripts know of no code behind a login.
        return heard.apply(line.replaceFirst("^(\\S+ OK) \\[CAPABILITY [^\\]]*\\]", "$1"));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    @Override
    public void writeLine(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Override
    public void start() {
        // It is connected already.
    }

    /** A new connection; the script does not look at its greeting. */
    @Override
    public void restart() throws IOException {
        stop();
        socket = connect(address);
        in = new BufferedInputStream(socket.getInputStream());
        line();
        greeted = true;
    }

    @Override
    public void stop() throws IOException {
        socket.close();
    }

    @Override
    public void await() {
        // What one session did is there for all others when it is answered.
    }
}
