package org.therapost.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import javax.mail.Folder;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Store;
import org.jspecify.annotations.Nullable;

/**
 * Therapost as a practice runs it: started by its launcher, with its embedded PostgreSQL (durable), everything sealed. A
 * mailbox is a client's thread; whether a message is filed is asked over IMAP, as the therapist's mail program does.
 */
final class Therapost implements Contestant {

    private static final String THERAPIST = "dr.bloom@practice.example";
    private static final String PASSWORD = "a password for one run";

    private final String name;
    private final Path folder;
    private final Path launcher;
    private final ControlGroup group;
    private final Map<String, String> settings = new HashMap<>();
    private final int smtp;
    private final int imaps;
    private int clients;
    private @Nullable ServerProcess server;
    private @Nullable Store reader;
    private List<Folder> threads = List.of();

    private Therapost(String name, Path folder, Path launcher, String groupName) throws IOException {
        if (!Files.isExecutable(launcher)) {
            throw new CannotRunException(launcher + " is missing: name Therapost's launcher with --therapost");
        }
        this.name = name;
        this.folder = folder;
        this.launcher = launcher;
        this.smtp = ServerProcess.freePort();
        this.imaps = ServerProcess.freePort();
        settings.put("THERAPOST_SMTP_PORT", Integer.toString(smtp));
        settings.put("THERAPOST_IMAPS_PORT", Integer.toString(imaps));
        for (String port : List.of("SUBMISSION", "SUBMISSIONS", "IMAP", "ADMIN")) {
            settings.put("THERAPOST_" + port + "_PORT", Integer.toString(ServerProcess.freePort()));
        }
        Files.createDirectories(folder.resolve("config"));
        this.group = ControlGroup.create(groupName);
    }

    /** Lets the launcher build what it has to, so that no start is charged for it. */
    void build() throws IOException, InterruptedException {
        Process building = new ProcessBuilder(launcher.toString(), "--version")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (building.waitFor() != 0) {
            throw new CannotRunException(launcher + " does not start; see above");
        }
    }

    /** Believes who loopback says it is: no DNS, as the two rivals, which do not ask who writes either. */
    static Therapost trusting(Path folder, Path launcher) throws IOException {
        Therapost therapost = new Therapost("Therapost", folder, launcher, "therapost");
        therapost.settings.put("THERAPOST_INBOUND_TRUSTED_NETWORKS", "127.0.0.0/8");
        return therapost;
    }

    /** Checks SPF, DKIM and DMARC of each message against the name server. */
    static Therapost asking(LoopbackNames names, Path folder, Path launcher) throws IOException {
        Therapost therapost = new Therapost("Therapost, senders checked", folder, launcher, "therapost-checked");
        therapost.settings.put("THERAPOST_DNS_SERVERS", "127.0.0.1:" + names.port());
        return therapost;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() throws IOException, InterruptedException {
        build();
        startOnce();
        administer("", "practice", "add", "practice.example");
        administer(PASSWORD + "\n", "therapist", "add", THERAPIST, "--name", "Dr Bloom", "--password-stdin");
    }

    /** From the command to the line {@code ready}; {@link #build} comes first. */
    Duration startOnce() throws IOException, InterruptedException {
        long began = System.nanoTime();
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "start"));
        command.addAll(places());
        server = ServerProcess.start(group, folder, command, settings, folder.resolve("therapost.out"));
        server.awaitLine("^ready\\b");
        return Duration.ofNanos(System.nanoTime() - began);
    }

    void stop() throws IOException, InterruptedException {
        if (server != null) {
            server.stop();
        }
    }

    @Override
    public List<Envelope> emptyMailboxes(int count) throws IOException, InterruptedException {
        List<Envelope> envelopes = new ArrayList<>();
        Set<String> folders = new HashSet<>();
        for (int i = 0; i < count; i++) {
            clients++;
            String client = "client" + clients + "@client.example";
            String clientName = "Client " + clients;
            JsonNode added =
                    administer("", "client", "add", "--therapist", THERAPIST, "--email", client, "--name", clientName);
            envelopes.add(new Envelope(
                    ServerProcess.loopback(smtp), client, added.path("thread").asText()));
            folders.add(clientName);
        }
        threads = find(folders);
        return envelopes;
    }

    @Override
    public int filed() throws IOException {
        try {
            int filed = 0;
            for (Folder thread : threads) {
                filed += thread.getMessageCount();
            }
            return filed;
        } catch (MessagingException e) {
            throw new IOException("Therapost's IMAP did not answer", e);
        }
    }

    @Override
    public ControlGroup group() {
        return group;
    }

    @Override
    public void close() throws IOException {
        group.close();
    }

    /** The folders of the clients; logs in at the first call, because the login's deliberate cost is no message's. */
    private List<Folder> find(Set<String> names) throws IOException {
        try {
            List<Folder> found = Stream.of(reader().getDefaultFolder().list("*"))
                    .filter(folder -> names.contains(folder.getName()))
                    .toList();
            if (found.size() != names.size()) {
                throw new IOException("Therapost shows " + found.size() + " folders for " + names.size() + " clients");
            }
            return found;
        } catch (MessagingException e) {
            throw new IOException("Therapost's IMAP did not answer", e);
        }
    }

    private Store reader() throws MessagingException {
        if (reader == null || !reader.isConnected()) {
            Properties properties = new Properties();
            properties.put("mail.imaps.ssl.trust", "127.0.0.1"); // self-made, on this machine
            properties.put("mail.imaps.ssl.checkserveridentity", "false");
            properties.put("mail.imaps.statuscachetimeout", "1");
            reader = Session.getInstance(properties).getStore("imaps");
            reader.connect("127.0.0.1", imaps, THERAPIST, PASSWORD);
        }
        return reader;
    }

    private List<String> places() {
        return List.of(
                "--data",
                folder.resolve("data").toString(),
                "--config",
                folder.resolve("config").toString());
    }

    /** One administration command against the running server, outside the control group; its answer in JSON. */
    private JsonNode administer(String input, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        command.addAll(places());
        command.add("--json");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("administration.err").toFile());
        builder.environment().putAll(settings);
        Process process = builder.start();
        try (var typing = process.getOutputStream()) {
            typing.write(input.getBytes(UTF_8));
        }
        byte[] answer = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException("therapost " + words[0] + " " + words[1] + " failed: "
                    + Files.readString(folder.resolve("administration.err")) + new String(answer, UTF_8));
        }
        return new ObjectMapper().readTree(answer);
    }
}
