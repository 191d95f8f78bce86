package org.therapost.server.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.james.protocols.api.ClientAuth;
import org.apache.james.protocols.netty.Encryption;
import org.therapost.server.folder.DataFolder;
import org.therapost.server.folder.StartException;

/** The server's certificate and key, ready for TLS 1.2 and 1.3. */
public final class ServerIdentity {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final SSLContext context;
    private final X509Certificate certificate;
    private final boolean made;

    private ServerIdentity(SSLContext context, X509Certificate certificate, boolean made) {
        this.context = context;
        this.certificate = certificate;
        this.made = made;
    }

    /**
     * The identity from the configured files, or the self-made one, which is made now if there is none.
     *
     * @throws StartException if the files are no certificate and key
     */
    public static ServerIdentity of(IdentitySettings settings, DataFolder folder, Clock clock)
            throws StartException, IOException {
        Path certificate = settings.certificate().orElse(folder.tls().resolve("certificate.pem"));
        Path key = settings.key().orElse(folder.tls().resolve("key.pem"));
        boolean make = settings.certificate().isEmpty() && !(Files.exists(certificate) && Files.exists(key));
        try {
            if (make) {
                SelfSignedCertificate.write(certificate, key, settings.hostname(), clock.instant());
            }
            List<X509Certificate> chain = PemFiles.certificates(certificate);
            if (chain.isEmpty()) {
                throw new StartException("tls.certificate: no certificate in " + certificate);
            }
            return new ServerIdentity(context(chain, key), chain.get(0), make);
        } catch (GeneralSecurityException unusable) {
            throw new StartException(
                    "cannot use the TLS files " + certificate + " and " + key + ": " + unusable.getMessage(), unusable);
        }
    }

    private static SSLContext context(List<X509Certificate> chain, Path key)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] inMemoryOnly = new char[0];
        store.setKeyEntry("server", PemFiles.privateKey(key), inMemoryOnly, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, inMemoryOnly);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** Whether the certificate was made just now. */
    public boolean made() {
        return made;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** For listeners that begin in clear. */
    public Encryption startTls() {
        return Encryption.createStartTls(context, null, PROTOCOLS, ClientAuth.NONE);
    }

    /** For listeners that speak TLS from the first octet (RFC 8314). */
    public Encryption implicitTls() {
        return Encryption.createTls(context, null, PROTOCOLS, ClientAuth.NONE);
    }
}
