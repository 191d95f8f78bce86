package org.therapost.mailets.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** TLS on top of a connection, for STARTTLS: either the host's name and certificate are verified, or nothing is. */
final class NamedHostSocketFactory extends SSLSocketFactory {

    private final SSLSocketFactory factory;
    private final boolean verifying;

    private NamedHostSocketFactory(SSLContext context, boolean verifying) {
        this.factory = context.getSocketFactory();
        this.verifying = verifying;
    }

    /** Verifies by PKIX and by host name (RFC 6125), as the JDK does for HTTPS. */
    static NamedHostSocketFactory verifying(SSLContext trust) {
        return new NamedHostSocketFactory(trust, true);
    }

    /** Opportunistic (RFC 7435): encrypted to whoever is there. For content that is encrypted by itself. */
    static NamedHostSocketFactory opportunistic() {
        try {
            SSLContext anyone = SSLContext.getInstance("TLS");
            anyone.init(null, new TrustManager[] {new Anyone()}, null);
            return new NamedHostSocketFactory(anyone, false);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("TLS is part of every JDK", impossible);
        }
    }

    @Override
    public Socket createSocket(Socket connection, String host, int port, boolean autoClose) throws IOException {
        SSLSocket socket = (SSLSocket) factory.createSocket(connection, host, port, autoClose);
        if (verifying) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw onlyOnTop();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        throw onlyOnTop();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw onlyOnTop();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        throw onlyOnTop();
    }

    private static SocketException onlyOnTop() {
        return new SocketException("TLS starts on an open connection here");
    }

    private static final class Anyone implements X509TrustManager {

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
