package org.therapost.bench.contestants;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.therapost.bench.load.LoadTarget;
import org.therapost.bench.load.ReadTarget;
import org.therapost.bench.machine.CannotRunException;
import org.therapost.bench.machine.ControlGroup;
import org.therapost.bench.machine.ServerProcess;
import org.therapost.bench.machine.Workspace;

/**
 * James 3.8.1's memory server as published, with its sample configuration on loopback ports and without JMAP, JMX, POP3
 * and ManageSieve. It keeps nothing when it stops: what durability costs shows in the distance to it.
 */
public final class JamesInMemory implements ReadableContestant {

    private static final String USERS = "/users/";

    private final Path folder;
    private final Path jars;
    private final ControlGroup group;
    private final int smtp;
    private final int imap;
    private final int administration;
    private final HttpClient http = HttpClient.newHttpClient();
    private List<LoadTarget> mailboxes = List.of();
    private int made;

    /** @param jars the folder with the artifact {@code james-server-memory-app} and all that it needs */
    public JamesInMemory(Path folder, Path jars) throws IOException {
        if (!Files.exists(jars.resolve("james-server-memory-app-3.8.1.jar"))) {
            throw new CannotRunException("James 3.8.1 is not in " + jars
                    + ": start by bench/run, which fetches it from Maven Central, or leave out --against james");
        }
        this.folder = folder;
        this.jars = jars;
        this.group = ControlGroup.create("james");
        this.smtp = ServerProcess.freePort();
        this.imap = ServerProcess.freePort();
        this.administration = ServerProcess.freePort();
    }

    @Override
    public String name() {
        return "James 3.8.1 in memory";
    }

    @Override
    public void start() throws IOException, InterruptedException {
        Map<String, String> ports = Map.of(
                "SMTP", Integer.toString(smtp),
                "IMAP", Integer.toString(imap),
                "ADMINISTRATION", Integer.toString(administration));
        for (String file : List.of(
                "dnsservice.xml",
                "domainlist.xml",
                "imapserver.xml",
                "jmap.properties",
                "jmx.properties",
                "jvm.properties",
                "listeners.xml",
                "logback.xml",
                "mailetcontainer.xml",
                "mailrepositorystore.xml",
                "managesieveserver.xml",
                "pop3server.xml",
                "recipientrewritetable.xml",
                "smtpserver.xml",
                "usersrepository.xml",
                "webadmin.properties")) {
            Workspace.write(folder.resolve("conf").resolve(file), "james/" + file, ports);
        }
        Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dworking.directory=.",
                "-Dlogback.configurationFile=conf/logback.xml",
                "-Djava.io.tmpdir=tmp"));
        command.addAll(List.of("-cp", classPath(), "org.apache.james.MemoryJamesServerMain"));
        ServerProcess james = ServerProcess.start(group, folder, command, Map.of(), folder.resolve("james.out"));
        james.awaitPort(administration);
        james.awaitPort(smtp);
        james.awaitPort(imap);
        ask("PUT", "/domains/practice.example", "");
    }

    @Override
    public List<LoadTarget> emptyMailboxes(int count) throws IOException {
        for (LoadTarget old : mailboxes) {
            ask("DELETE", inbox(old), ""); // or the memory would hold every round
        }
        mailboxes = Stream.generate(() -> new LoadTarget(
                        ServerProcess.loopback(smtp), "alice@client.example", "reader" + ++made + "@practice.example"))
                .limit(count)
                .toList();
        for (LoadTarget mailbox : mailboxes) {
            ask("PUT", USERS + mailbox.recipient(), "{\"password\":\"unused\"}");
            ask("PUT", inbox(mailbox), "");
        }
        return mailboxes;
    }

    @Override
    public int filed() throws IOException {
        int filed = 0;
        for (LoadTarget mailbox : mailboxes) {
            filed += Integer.parseInt(
                    ask("GET", inbox(mailbox) + "/messageCount", "").strip());
        }
        return filed;
    }

    @Override
    public ReadTarget reading(LoadTarget mailbox) {
        return new ReadTarget(ServerProcess.loopback(imap), false, mailbox.recipient(), "unused", "INBOX");
    }

    @Override
    public ControlGroup group() {
        return group;
    }

    @Override
    public void close() throws IOException {
        group.close();
    }

    private static String inbox(LoadTarget mailbox) {
        return USERS + mailbox.recipient() + "/mailboxes/INBOX";
    }

    private String classPath() throws IOException {
        try (Stream<Path> files = Files.list(jars)) {
            return String.join(":", files.map(Path::toString).sorted().toList());
        }
    }

    private String ask(String method, String path, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + administration + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body, UTF_8))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
            if (answer.statusCode() >= 300) {
                throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while asking James", e);
        }
    }
}
