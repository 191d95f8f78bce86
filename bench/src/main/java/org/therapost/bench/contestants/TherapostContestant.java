package org.therapost.bench.contestants;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import javax.mail.Folder;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Store;
import org.jspecify.annotations.Nullable;
import org.therapost.bench.load.LoadTarget;
import org.therapost.bench.load.ReadTarget;
import org.therapost.bench.load.SubmissionClient;
import org.therapost.bench.machine.CannotRunException;
import org.therapost.bench.machine.ControlGroup;
import org.therapost.bench.machine.LoopbackNames;
import org.therapost.bench.machine.ServerProcess;
import org.therapost.domain.access.ActivationCode;
import org.therapost.domain.access.RecoveryCode;
import org.therapost.openpgp.BouncyCastleKeys;

/**
 * Therapost as a practice runs it: started by its launcher, with its embedded PostgreSQL (durable), everything sealed. A
 * mailbox is a client's thread; whether a message is filed is asked over IMAP, as the therapist's mail program does.
 */
public final class TherapostContestant implements ReadableContestant {

    private static final String THERAPIST = "dr.bloom@practice.example";
    private static final String PASSWORD = "a password for one run";

    /** Mailboxes that are looked at when there are many. */
    private static final int LOOKS = 10;

    private final String name;
    private final Path folder;
    private final Path launcher;
    private final ControlGroup group;
    private final Map<String, String> settings = new HashMap<>();
    private final int smtp;
    private final int imaps;
    private final int submissions;
    private int clients;
    private @Nullable ServerProcess server;
    private @Nullable AdministrationClient administration;
    private final Map<LoadTarget, String> folders = new HashMap<>();
    private final Map<String, Store> readers = new HashMap<>();
    private int others;
    private int shareLookedAt = 1;
    private List<Folder> threads = List.of();

    private TherapostContestant(String name, Path folder, Path launcher, String groupName) throws IOException {
        if (!Files.isExecutable(launcher)) {
            throw new CannotRunException(launcher + " is missing: name Therapost's launcher with --therapost");
        }
        this.name = name;
        this.folder = folder;
        this.launcher = launcher;
        this.smtp = ServerProcess.freePort();
        this.imaps = ServerProcess.freePort();
        this.submissions = ServerProcess.freePort();
        settings.put("THERAPOST_SMTP_PORT", Integer.toString(smtp));
        settings.put("THERAPOST_IMAPS_PORT", Integer.toString(imaps));
        settings.put("THERAPOST_SUBMISSIONS_PORT", Integer.toString(submissions));
        for (String port : List.of("SUBMISSION", "IMAP", "ADMIN")) {
            settings.put("THERAPOST_" + port + "_PORT", Integer.toString(ServerProcess.freePort()));
        }
        Files.createDirectories(folder.resolve("config"));
        this.group = ControlGroup.create(groupName);
    }

    /** Lets the launcher build what it has to, so that no start is charged for it. */
    public void build() throws IOException, InterruptedException {
        Process building = new ProcessBuilder(launcher.toString(), "--version")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (building.waitFor() != 0) {
            throw new CannotRunException(launcher + " does not start; see above");
        }
    }

    /** Believes who loopback says it is: no DNS, as the two rivals, which do not ask who writes either. */
    public static TherapostContestant trusting(Path folder, Path launcher) throws IOException {
        return trusting("Therapost", folder, launcher);
    }

    /** Trusting, from an older build. */
    public static TherapostContestant before(Path folder, Path launcher) throws IOException {
        return trusting("Therapost before", folder, launcher);
    }

    private static TherapostContestant trusting(String name, Path folder, Path launcher) throws IOException {
        TherapostContestant therapost = new TherapostContestant(
                name, folder, launcher, name.toLowerCase(Locale.ROOT).replace(' ', '-'));
        therapost.settings.put("THERAPOST_INBOUND_TRUSTED_NETWORKS", "127.0.0.0/8");
        return therapost;
    }

    /** Trusting, and hands all answers to clients to one exchanger on this machine. */
    public static TherapostContestant carryingTo(int exchanger, Path folder, Path launcher) throws IOException {
        TherapostContestant therapost = trusting(folder, launcher);
        therapost.settings.put("THERAPOST_RELAY_SMARTHOST", "127.0.0.1");
        therapost.settings.put("THERAPOST_RELAY_PORT", Integer.toString(exchanger));
        return therapost;
    }

    /** Checks SPF, DKIM and DMARC of each message against the name server. */
    public static TherapostContestant asking(LoopbackNames names, Path folder, Path launcher) throws IOException {
        return asking("Therapost", names, folder, launcher);
    }

    /** Asking, from an older build. */
    public static TherapostContestant askingBefore(LoopbackNames names, Path folder, Path launcher) throws IOException {
        return asking("Therapost before", names, folder, launcher);
    }

    private static TherapostContestant asking(String name, LoopbackNames names, Path folder, Path launcher)
            throws IOException {
        TherapostContestant therapost = new TherapostContestant(
                name + ", senders checked",
                folder,
                launcher,
                name.toLowerCase(Locale.ROOT).replace(' ', '-') + "-checked");
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
        administration = AdministrationClient.of(folder.resolve("data"));
        administration.post("/practices", Map.of("domain", "practice.example"));
        addTherapist(THERAPIST);
    }

    /** From the command to the line {@code ready}; {@link #build} comes first. */
    public Duration startOnce() throws IOException, InterruptedException {
        long began = System.nanoTime();
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "start"));
        command.addAll(places());
        server = ServerProcess.start(group, folder, command, settings, folder.resolve("therapost.out"));
        server.awaitLine("^ready\\b");
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** As after an update of the machine. */
    public void restart() throws IOException, InterruptedException {
        stop();
        startOnce();
        administration = AdministrationClient.of(folder.resolve("data"));
    }

    public void stop() throws IOException, InterruptedException {
        if (server != null) {
            server.stop();
        }
    }

    @Override
    public List<LoadTarget> emptyMailboxes(int count) throws IOException {
        folders.clear();
        List<LoadTarget> envelopes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            envelopes.add(newClient(THERAPIST));
        }
        threads = find(THERAPIST, Set.copyOf(folders.values()));
        shareLookedAt = 1;
        return envelopes;
    }

    /** One client of each of so many therapists; their own number of messages is looked at in ten of the mailboxes. */
    public List<LoadTarget> oneClientOfEach(int therapists) throws IOException {
        folders.clear();
        List<LoadTarget> envelopes = new ArrayList<>();
        List<Folder> looked = new ArrayList<>();
        int looks = Math.min(therapists, LOOKS);
        for (int i = 0; i < therapists; i++) {
            String therapist = "dr" + ++others + "@practice.example";
            addTherapist(therapist);
            LoadTarget client = newClient(therapist);
            envelopes.add(client);
            if (i % (therapists / looks) == 0) {
                looked.addAll(find(therapist, Set.of(folders.getOrDefault(client, ""))));
            }
        }
        threads = looked;
        shareLookedAt = therapists / looked.size();
        return envelopes;
    }

    @Override
    public ReadTarget reading(LoadTarget mailbox) {
        String folderName = "Clients/" + folders.get(mailbox);
        return new ReadTarget(ServerProcess.loopback(imaps), true, THERAPIST, PASSWORD, folderName);
    }

    /** Clients of the first therapist, each with a certificate, each in a session that is open for the whole run. */
    public List<LoadTarget> openSessions(int count) throws IOException {
        byte[] certificate = new BouncyCastleKeys(Clock.systemUTC())
                .generate("client@client.example")
                .certificate()
                .encoded();
        List<LoadTarget> clients = emptyMailboxes(count);
        for (LoadTarget client : clients) {
            String thread = "/threads/" + client.recipient();
            administration()
                    .ask(
                            "PUT",
                            thread + "/key",
                            Map.of("certificate", Base64.getEncoder().encodeToString(certificate)));
            administration().ask("PUT", thread + "/contract", Map.of("mode", "live", "policy", "hold"));
            administration().post(thread + "/sessions", Map.of("command", "open 240"));
        }
        return clients;
    }

    /** Where the first therapist sees what is new. */
    public ReadTarget inbox() {
        return new ReadTarget(ServerProcess.loopback(imaps), true, THERAPIST, PASSWORD, "INBOX");
    }

    /** The inboxes of so many new therapists. */
    public List<ReadTarget> inboxes(int count) throws IOException {
        List<ReadTarget> inboxes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String therapist = "dr" + ++others + "@practice.example";
            addTherapist(therapist);
            inboxes.add(new ReadTarget(ServerProcess.loopback(imaps), true, therapist, PASSWORD, "INBOX"));
        }
        return inboxes;
    }

    /** The first therapist's mail program. */
    public SubmissionClient submission() throws MessagingException {
        return SubmissionClient.connect(submissions, THERAPIST, PASSWORD);
    }

    private void addTherapist(String address) throws IOException {
        String code = new String(ActivationCode.generate().text());
        String recoveryCode = new String(RecoveryCode.generate().text());
        administration().post("/therapists", Map.of("address", address, "name", "Dr Bloom"), code);
        administration().post("/therapists/" + address + "/activation", Map.of(), code, PASSWORD, recoveryCode);
    }

    private LoadTarget newClient(String therapist) throws IOException {
        clients++;
        String email = "client" + clients + "@client.example";
        String clientName = "Client " + clients;
        JsonNode added =
                administration().post("/clients", Map.of("therapist", therapist, "email", email, "name", clientName));
        LoadTarget loadTarget = new LoadTarget(
                ServerProcess.loopback(smtp), email, added.path("thread").asText());
        folders.put(loadTarget, clientName);
        return loadTarget;
    }

    private AdministrationClient administration() {
        return Objects.requireNonNull(administration, "not started");
    }

    @Override
    public int filed() throws IOException {
        try {
            int filed = 0;
            for (Folder thread : threads) {
                filed += thread.getMessageCount();
            }
            return filed * shareLookedAt;
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

    /** The folders of clients; logs in at the first call, because the login's deliberate cost is no message's. */
    private List<Folder> find(String therapist, Set<String> names) throws IOException {
        try {
            List<Folder> found = Stream.of(reader(therapist).getDefaultFolder().list("*"))
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

    private Store reader(String therapist) throws MessagingException {
        Store reader = readers.get(therapist);
        if (reader == null || !reader.isConnected()) {
            Properties properties = new Properties();
            properties.put("mail.imaps.ssl.trust", "127.0.0.1"); // self-made, on this machine
            properties.put("mail.imaps.ssl.checkserveridentity", "false");
            properties.put("mail.imaps.statuscachetimeout", "1");
            reader = Session.getInstance(properties).getStore("imaps");
            reader.connect("127.0.0.1", imaps, therapist, PASSWORD);
            readers.put(therapist, reader);
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
}
