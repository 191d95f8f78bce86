package org.therapost.server.holes;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.settings.Setting;
import org.therapost.mailets.authentication.SenderSettings;
import org.therapost.server.CheapPasswords;
import org.therapost.server.TestTherapists;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.folder.DataFolderSettings;
import org.therapost.server.process.TherapostServer;

/** The assembled server in this process: Alice's provider is trusted on 127.0.0.1, and on no other loopback address. */
final class AssembledTherapost implements ServerUnderTest {

    private static final String ALICE = "alice@provider.example";

    private final TherapostServer server;
    private final SSLContext tls;
    private final String thread;

    private AssembledTherapost(TherapostServer server, SSLContext tls, String thread) {
        this.server = server;
        this.tls = tls;
        this.thread = thread;
    }

    /** @param settings besides free ports */
    static AssembledTherapost start(Path folder, Map<Setting<?>, String> settings) throws Exception {
        Configuration configuration = Configuration.defaults()
                .with(
                        DataFolderSettings.DATA_FOLDER,
                        CheapPasswords.in(folder.resolve("data")).toString())
                .with(SenderSettings.TRUSTED_NETWORKS, "127.0.0.1")
                .onFreePorts();
        for (Map.Entry<Setting<?>, String> setting : settings.entrySet()) {
            configuration = configuration.with(setting.getKey(), setting.getValue());
        }
        TherapostServer server = TherapostServer.start(configuration, line -> {});
        Enrolment enrolment = server.part(Enrolment.class);
        enrolment.addPractice("practice.example");
        TestTherapists.add(server::part, LOGIN, "Dr Bloom", PASSWORD);
        String thread = enrolment.addClient(LOGIN, ALICE, "Alice").address().value();
        return new AssembledTherapost(server, trusting(server), thread);
    }

    private static SSLContext trusting(TherapostServer server) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("server", server.identity().certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** For STARTTLS. */
    SSLContext tls() {
        return tls;
    }

    /** A part of the server. */
    <T> T part(Class<T> type) {
        return server.part(type);
    }

    @Override
    public Peer smtp(String from) throws IOException {
        return greeted(Peer.connect(from, server.addresses().smtp().getPort()));
    }

    @Override
    public Peer submission() throws IOException {
        return greeted(
                Peer.connect("127.0.0.1", server.addresses().submissions().getPort())
                        .over(tls));
    }

    /** The port on which submission begins in clear. */
    Peer clearSubmission() throws IOException {
        return greeted(Peer.connect("127.0.0.1", server.addresses().submission().getPort()));
    }

    @Override
    public Peer imap(String from) throws IOException {
        return greeted(Peer.connect(from, server.addresses().imaps().getPort()).over(tls));
    }

    /** The port on which reading begins in clear. */
    Peer clearImap() throws IOException {
        return greeted(Peer.connect("127.0.0.1", server.addresses().imap().getPort()));
    }

    private static Peer greeted(Peer peer) throws IOException {
        String line = peer.line();
        if (!line.startsWith("220") && !line.startsWith("* OK")) {
            throw new IllegalStateException("not greeted: " + line);
        }
        return peer;
    }

    @Override
    public String sender() {
        return ALICE;
    }

    @Override
    public String recipient() {
        return thread;
    }

    @Override
    public void close() {
        server.close();
    }
}
