package org.therapost.server.outsiders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.therapost.domain.settings.Setting;
import org.therapost.mailets.dns.DnsSettings;
import org.therapost.mailets.dns.TestDns;
import org.therapost.server.CheapPasswords;
import org.therapost.server.TestClientKeys;
import org.therapost.server.commandline.Commands;
import org.therapost.server.commandline.io.SecretInput;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.folder.DataFolderSettings;
import org.therapost.server.outsiders.openpgp.Program;
import org.therapost.server.process.ListeningAddresses;
import org.therapost.server.process.TherapostServer;
import org.therapost.storage.postgres.Database;
import picocli.CommandLine;

/**
 * A practice with Dr Bloom on a server of its own, which asks a name server of the test. IT staff use the command line.
 */
final class Practice implements AutoCloseable {

    static final String DOMAIN = "practice.example";
    static final String DR_BLOOM = "bloom@practice.example";
    static final String PASSWORD = "a long walk by the river";

    private final Path folder;
    private final TestDns dns;
    private final TherapostServer server;

    private JsonNode records = MissingNode.getInstance();

    private Practice(Path folder, TestDns dns, TherapostServer server) {
        this.folder = folder;
        this.dns = dns;
        this.server = server;
    }

    /** Opens one with the practice's domain, but nobody in it yet. */
    static Practice open(Map<Setting<?>, String> settings) throws Exception {
        Path folder = Files.createTempDirectory("tp");
        TestDns dns = TestDns.start();
        Configuration configuration = Configuration.defaults()
                .with(
                        DataFolderSettings.DATA_FOLDER,
                        CheapPasswords.in(folder.resolve("data")).toString())
                .onFreePorts();
        configuration = configuration.with(
                DnsSettings.SERVERS, "127.0.0.1:" + dns.address().getPort());
        for (Map.Entry<Setting<?>, String> setting : settings.entrySet()) {
            configuration = configuration.with(setting.getKey(), setting.getValue());
        }
        Practice practice = new Practice(folder, dns, TherapostServer.start(configuration, line -> {}));
        practice.records = practice.json("practice", "add", DOMAIN).path("records");
        return practice;
    }

    /** Dr Bloom comes in, in custody login. */
    Practice withDrBloom() throws IOException {
        activate(json("therapist", "add", DR_BLOOM, "--name", "Dr Bloom"));
        return this;
    }

    /** A therapist comes in who keeps the key, in custody own. */
    void therapist(String address, byte[] certificate) throws IOException {
        String file = Files.write(Files.createTempFile(folder, "therapist", ".pgp"), certificate)
                .toString();
        activate(json("therapist", "add", address, "--name", "Klee", "--custody", "own", "--certificate", file));
    }

    private void activate(JsonNode added) {
        commandReading(
                added.path("activationCode").asText() + "\n" + PASSWORD,
                "therapist",
                "activate",
                added.path("address").asText());
    }

    /** A client of Dr Bloom comes in; returns the thread's address. */
    String client(String email, String name) throws IOException {
        return client(DR_BLOOM, email, name);
    }

    /** A client comes in; returns the thread's address. */
    String client(String therapist, String email, String name) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "client", ""), email + "\n" + name + "\n");
        return json("client", "add", "--therapist", therapist, file.toString())
                .path("thread")
                .asText();
    }

    /** The therapist has compared the client's key. */
    void confirmKey(String thread) {
        try {
            TestClientKeys.confirm(server::part, thread);
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** How many messages the record of a thread has. */
    int recorded(String thread) throws IOException {
        return json("thread", "show", thread).path("messages").asInt();
    }

    /** How many parcels are on their way or waiting. */
    int parcels() {
        return sql().fetchCount(org.jooq.impl.DSL.table("mail_queue"));
    }

    JsonNode json(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return new ObjectMapper().readTree(command(all.toArray(String[]::new)));
    }

    /** Mail comes from a client's provider; it must be accepted. */
    void receive(String from, String to, String mail) throws IOException {
        swaks(mail, "--port", port(server.addresses().smtp()), "--from", from, "--to", to);
    }

    /** A therapist submits an answer, which must be accepted. */
    void submit(String therapist, String to, String mail) throws IOException {
        String arguments = "--port " + port(server.addresses().submissions()) + " --tlsc --from " + therapist + " --to "
                + to + " --auth PLAIN --auth-user " + therapist + " --auth-password";
        List<Object> all = new ArrayList<>(List.of((Object[]) arguments.split(" ")));
        all.add(PASSWORD);
        swaks(mail, all.toArray());
    }

    private void swaks(String mail, Object... arguments) throws IOException {
        if (!mail.endsWith("\r\n")) {
            throw new IllegalArgumentException("swaks ends the last line in any case");
        }
        String text = mail.substring(0, mail.length() - 2);
        List<Object> command = new ArrayList<>(List.of("swaks", "--server", "127.0.0.1", "--suppress-data"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", Files.writeString(Files.createTempFile(folder, "mail", ".eml"), text)));
        Program.ok(folder, command.toArray());
    }

    /** Runs a command that must succeed. */
    String command(String... arguments) {
        return execute("", arguments);
    }

    /** Runs a command that reads a line. */
    String commandReading(String line, String... arguments) {
        return execute(line + "\n", arguments);
    }

    /** Runs a command that reads a line and may fail; returns its exit status. */
    int status(String line, String... arguments) {
        return execute(line + "\n", new StringWriter(), arguments);
    }

    private String execute(String input, String... arguments) {
        StringWriter said = new StringWriter();
        int status = execute(input, said, arguments);
        assertThat(status).as(String.join(" ", arguments) + ": " + said).isZero();
        return said.toString();
    }

    private int execute(String input, StringWriter said, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            CommandLine line = Commands.commandLine(SecretInput.lines(System.in));
            line.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
            return line.execute(all.toArray(String[]::new));
        } finally {
            System.setIn(before);
        }
    }

    /** The DNS record of the practice's signing key, as IT staff were told to publish it. */
    JsonNode signingRecord() {
        for (JsonNode one : records) {
            if (one.path("name").asText().contains("._domainkey.")) {
                return one;
            }
        }
        throw new AssertionError("no record of a signing key");
    }

    TestDns dns() {
        return dns;
    }

    ListeningAddresses addresses() {
        return server.addresses();
    }

    DSLContext sql() {
        return server.part(Database.class).sql();
    }

    /** A folder that goes with the practice; programs may use it. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /** The server's self-made certificate. */
    Path certificate() {
        return folder.resolve("data/tls/certificate.pem");
    }

    /** The port of the server's own PostgreSQL. */
    String databasePort() throws IOException {
        return Files.readAllLines(folder.resolve("data/postgresql/cluster/postmaster.pid"))
                .get(3);
    }

    String databasePassword() throws IOException {
        return Files.readString(folder.resolve("data/postgresql/password")).strip();
    }

    /** Dr Bloom's mail program. */
    MailProgram mailProgram() {
        return mailProgram(DR_BLOOM);
    }

    MailProgram mailProgram(String therapist) {
        return new MailProgram(server.addresses().imaps().getPort(), therapist);
    }

    static String port(InetSocketAddress address) {
        return String.valueOf(address.getPort());
    }

    /** A port on loopback that is free now. */
    static int freePort() throws IOException {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        dns.close();
        Program.remove(folder);
    }
}
