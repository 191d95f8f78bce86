package org.therapost.mailets.https;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Connections for one request by {@link javax.net.ssl.HttpsURLConnection}: each goes to the address that was judged, wherever the
 * JDK would connect to, and the certificate is verified by the name in the URL (RFC 6125, as {@code HTTPS} in the JDK). A URL with
 * the address would not do: there a certificate for that address is enough for the JDK, whatever SNI says.
 */
final class JudgedAddressSockets extends SSLSocketFactory implements Closeable {

    private final SSLSocketFactory trust;
    private final InetSocketAddress judged;
    private final List<Socket> made = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    JudgedAddressSockets(SSLSocketFactory trust, InetAddress address, int port) {
        this.trust = trust;
        this.judged = new InetSocketAddress(address, port);
    }

    /** A plain socket that is connected by whoever asked for it. */
    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new ToJudgedAddress(judged);
        made.add(socket);
        if (closed) {
            socket.close();
        }
        return socket;
    }

    /** TLS on top of it. */
    @Override
    public Socket createSocket(Socket connection, String host, int port, boolean autoClose) throws IOException {
        SSLSocket socket = (SSLSocket) trust.createSocket(connection, host, port, autoClose);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    /** Ends the request, whatever it is waiting for. */
    @Override
    public void close() throws IOException {
        closed = true;
        for (Socket socket : made) {
            socket.close();
        }
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return trust.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return trust.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw elsewhere();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        throw elsewhere();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw elsewhere();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        throw elsewhere();
    }

    private static SocketException elsewhere() {
        return new SocketException("a connection goes to the judged address and nowhere else");
    }

    /** Connects to one address, whichever it is given. */
    private static final class ToJudgedAddress extends Socket {

        private final InetSocketAddress judged;

        ToJudgedAddress(InetSocketAddress judged) {
            super(Proxy.NO_PROXY);
            this.judged = judged;
        }

        @Override
        public void connect(SocketAddress whichever) throws IOException {
            super.connect(judged);
        }

        @Override
        public void connect(SocketAddress whichever, int timeout) throws IOException {
            super.connect(judged, timeout);
        }
    }
}
