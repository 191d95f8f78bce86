package org.therapost.server.outsiders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Thunderbird without a screen, with a home of its own, in which it knows nothing but what the test tells it. */
final class Thunderbird implements AutoCloseable {

    /** Nothing about Therapost: no page, no question and no update at the start, and a free port for the test. */
    private static final List<String> SETTINGS = List.of(
            "\"marionette.port\", 0",
            "\"app.update.enabled\", false",
            "\"app.normandy.enabled\", false",
            "\"app.donation.eoy.version.viewed\", 999",
            "\"datareporting.policy.dataSubmissionEnabled\", false",
            "\"extensions.update.enabled\", false",
            "\"mail.provider.suppress_dialog_on_startup\", true",
            "\"mail.rights.version\", 1",
            "\"mail.shell.checkDefaultClient\", false",
            "\"mail.spotlight.firstRunDone\", true",
            "\"mailnews.start_page.enabled\", false",
            "\"mailnews.start_page_override.mstone\", \"ignore\"",
            "\"network.captive-portal-service.enabled\", false",
            "\"network.connectivity-service.enabled\", false");

    private final Process process;
    private final Marionette marionette;
    private final String functions;

    private Thunderbird(Process process, Marionette marionette, String functions) {
        this.process = process;
        this.marionette = marionette;
        this.functions = functions;
    }

    /** Starts it in a folder. */
    static Thunderbird start(Path home) throws IOException {
        Path profile = Files.createDirectories(home.resolve("profile"));
        Files.write(
                profile.resolve("user.js"),
                SETTINGS.stream().map(one -> "user_pref(" + one + ");").toList());
        Process process = process(home, profile);
        try {
            Path port = profile.resolve("MarionetteActivePort");
            await().atMost(120, TimeUnit.SECONDS)
                    .until(() -> Files.exists(port) && !Files.readString(port).isBlank());
            Marionette marionette =
                    Marionette.connect(Integer.parseInt(Files.readString(port).strip()));
            return new Thunderbird(process, marionette, functions());
        } catch (IOException | RuntimeException | AssertionError failed) {
            end(process);
            throw failed;
        }
    }

    private static Process process(Path home, Path profile) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "thunderbird",
                        "--headless",
                        "--no-remote",
                        "--marionette",
                        "--remote-allow-system-access",
                        "--profile",
                        profile.toString())
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("thunderbird.log").toFile());
        builder.environment().putAll(Map.of("HOME", home.toString(), "LC_ALL", "C.UTF-8"));
        try {
            return builder.start();
        } catch (IOException missing) {
            throw new AssertionError("thunderbird is needed for the tests tagged peers; install it", missing);
        }
    }

    private static String functions() throws IOException {
        try (InputStream in = Objects.requireNonNull(Thunderbird.class.getResourceAsStream("thunderbird.js"))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /** Runs JavaScript that may use the functions of {@code thunderbird.js}. */
    JsonNode run(String body, Object... arguments) throws IOException {
        return marionette.run(functions + body, arguments);
    }

    /** Adds Dr Bloom's account, as its wizard does. */
    void add(Practice practice, String login) throws IOException {
        String certificate = Files.readString(practice.certificate())
                .replaceAll("-----[A-Z ]+-----", "")
                .replaceAll("\\s", "");
        run(
                "await addAccount(args[0])",
                Map.of(
                        "user",
                        login,
                        "password",
                        Practice.PASSWORD,
                        "imaps",
                        practice.addresses().imaps().getPort(),
                        "submissions",
                        practice.addresses().submissions().getPort(),
                        "certificate",
                        certificate));
    }

    @Override
    public void close() throws IOException {
        marionette.close();
        end(process);
    }

    private static void end(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> await().atMost(60, TimeUnit.SECONDS).until(() -> !one.isAlive()));
    }
}
