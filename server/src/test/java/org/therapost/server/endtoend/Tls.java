package org.therapost.server.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** TLS of a mail program whose user has clicked the self-made certificate away. */
public final class Tls {

    private Tls() {}

    /** Connects to a port on loopback that speaks TLS from the first octet. */
    public static Socket connect(int port) throws IOException {
        return over(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Goes on over TLS on a connection. */
    public static Socket over(Socket clear) throws IOException {
        SSLSocket socket =
                (SSLSocket) context().getSocketFactory().createSocket(clear, "localhost", clear.getPort(), true);
        socket.startHandshake();
        return socket;
    }

    private static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("TLS is part of every JDK", broken);
        }
    }

    private static final class Anybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authentication) {
            throw new UnsupportedOperationException("this is a client");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authentication) {
            // What is tested here is not whom a mail program trusts.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
