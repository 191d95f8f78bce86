package org.therapost.server.outsiders;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.therapost.server.outsiders.openpgp.Program;

/**
 * The clients' providers: one Postfix with its own configuration, queue and log, on three loopback addresses and one port.
 *
 * <ul>
 *   <li>{@code provider.example}: a certificate for {@code mx.provider.example} by the test's authority;
 *   <li>{@code shabby.example}: a certificate that nobody has signed;
 *   <li>{@code plain.example}: no TLS at all.
 * </ul>
 *
 * <p>Mailboxes: alice, bruno and carla in each. It needs root, as every Postfix does.
 */
final class Postfix implements AutoCloseable {

    private static final List<String> DOMAINS = List.of("provider.example", "shabby.example", "plain.example");
    private static final List<String> PEOPLE = List.of("alice", "bruno", "carla");

    private final Path folder;
    private final int port;

    private Postfix(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /**
     * Prepares one, with its certificates; {@link #start} starts it.
     *
     * @param folder within one that the test has made as well: others must be able to enter both
     */
    static Postfix in(Path folder) throws IOException {
        Postfix postfix = new Postfix(folder, Practice.freePort());
        // Its programs run as users of their own.
        Program.ok(folder, "chmod", "755", folder, folder.resolve(".."));
        postfix.makeCertificates();
        return postfix;
    }

    /** The port on which it takes mail. */
    int port() {
        return port;
    }

    /** The authority that has signed the one good certificate. */
    Path authority() {
        return folder.resolve("ca.pem");
    }

    /** @param practicePort where mail for the practice's domain goes */
    Postfix start(int practicePort) throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.createDirectories(folder.resolve("queue"));
        Path data = Files.createDirectories(folder.resolve("data"));
        Path mail = Files.createDirectories(folder.resolve("mail"));
        Program.ok(folder, "chown", "postfix", data);
        Program.ok(folder, "chown", "nobody", mail);
        Files.writeString(folder.resolve("config/main.cf"), main(practicePort));
        Files.writeString(folder.resolve("config/master.cf"), master());
        Program.ok(folder, "postfix", "-c", folder.resolve("config"), "start");
        return this;
    }

    private String main(int practicePort) {
        List<String> mailboxes = new ArrayList<>();
        for (String domain : DOMAINS) {
            PEOPLE.forEach(name -> mailboxes.add("{" + name + "@" + domain + " = " + domain + "/" + name + "/}"));
        }
        return String.join(
                "\n",
                "compatibility_level = 3.6",
                "queue_directory = " + folder.resolve("queue"),
                "data_directory = " + folder.resolve("data"),
                "maillog_file = " + folder.resolve("log"),
                "maillog_file_prefixes = " + folder,
                "myhostname = mail.provider.example",
                "mydestination =",
                "alias_maps =",
                "mynetworks = 127.0.0.0/8",
                "inet_interfaces = loopback-only",
                "inet_protocols = ipv4",
                "smtpd_peername_lookup = no",
                "disable_dns_lookups = yes",
                "smtpd_relay_restrictions = permit_mynetworks, reject",
                "transport_maps = inline:{ {" + Practice.DOMAIN + " = smtp:[127.0.0.1]:" + practicePort + "} }",
                "smtp_tls_security_level = may",
                "smtp_tls_loglevel = 1",
                "smtpd_tls_loglevel = 1",
                "smtpd_tls_security_level = may",
                "smtpd_tls_received_header = yes",
                "smtpd_tls_cert_file = " + folder.resolve("good.pem"),
                "smtpd_tls_key_file = " + folder.resolve("good.key"),
                "virtual_mailbox_domains = " + String.join(", ", DOMAINS),
                "virtual_mailbox_base = " + folder.resolve("mail"),
                "virtual_mailbox_maps = inline:{ " + String.join(", ", mailboxes) + " }",
                "virtual_uid_maps = static:65534",
                "virtual_gid_maps = static:65534",
                "");
    }

    private String master() {
        String shabby = " -o smtpd_tls_cert_file=" + folder.resolve("shabby.pem") + " -o smtpd_tls_key_file="
                + folder.resolve("shabby.key");
        return String.join(
                "\n",
                "127.0.0.1:" + port + " inet n - n - - smtpd",
                "127.0.0.2:" + port + " inet n - n - - smtpd" + shabby,
                "127.0.0.3:" + port + " inet n - n - - smtpd -o smtpd_tls_security_level=none",
                "pickup unix n - n 60 1 pickup",
                "cleanup unix n - n - 0 cleanup",
                "qmgr unix n - n 300 1 qmgr",
                "tlsmgr unix - - n 1000? 1 tlsmgr",
                "rewrite unix - - n - - trivial-rewrite",
                "bounce unix - - n - 0 bounce",
                "defer unix - - n - 0 bounce",
                "trace unix - - n - 0 bounce",
                "verify unix - - n - 1 verify",
                "flush unix n - n 1000? 0 flush",
                "proxymap unix - - n - - proxymap",
                "smtp unix - - n - - smtp",
                "relay unix - - n - - smtp",
                "error unix - - n - - error",
                "retry unix - - n - - error",
                "virtual unix - n n - - virtual",
                "anvil unix - - n - 1 anvil",
                "scache unix - - n - 1 scache",
                "postlog unix-dgram n - n - 1 postlogd",
                "");
    }

    private void makeCertificates() throws IOException {
        Path good = Files.writeString(
                folder.resolve("good.ext"), "subjectAltName=DNS:mx.provider.example\nbasicConstraints=CA:FALSE\n");
        selfSigned("ca", "Test authority");
        selfSigned("shabby", "mx.shabby.example");
        openssl("req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout good.key -out good.csr"
                + " -subj /CN=mx.provider.example");
        openssl("x509 -req -in good.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out good.pem -extfile "
                + good.getFileName());
    }

    private void selfSigned(String file, String name) throws IOException {
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -addext subjectAltName=DNS:"
                + name.replace(' ', '-') + " -keyout " + file + ".key -out " + file + ".pem -subj /CN="
                + name.replace(' ', '-'));
    }

    private void openssl(String arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ")));
        Program.ok(folder, command.toArray());
    }

    /** What it says about its work. */
    String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** What is in a mailbox, line ends as they are in mail. */
    List<String> mailbox(String name, String domain) throws IOException {
        Path fresh = folder.resolve("mail").resolve(domain).resolve(name).resolve("new");
        if (!Files.exists(fresh)) {
            return List.of();
        }
        List<String> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(fresh)) {
            for (Path file : files.sorted().toList()) {
                String stored = Files.readString(file, StandardCharsets.UTF_8);
                all.add(stored.replace("\n", "\r\n"));
            }
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        Program.ok(folder, "postfix", "-c", folder.resolve("config"), "stop");
    }
}
