package org.therapost.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.therapost.domain.access.ActivationCode;
import org.therapost.domain.access.RecoveryCode;
import org.therapost.server.folder.DataFolder;

/** IT staff at the running server's administration, as the command line speaks to it. */
public final class Administrator {

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path data;

    public Administrator(Path data) {
        this.data = data;
    }

    public void practice(String domain) throws IOException, InterruptedException {
        ask("POST", "/practices", Map.of("domain", domain));
    }

    public void therapist(String address, String name, String password) throws IOException, InterruptedException {
        activate(Map.of("address", address, "name", name), password);
    }

    /** A therapist who keeps the key. */
    public void therapist(String address, String name, String password, byte[] certificate)
            throws IOException, InterruptedException {
        String encoded = Base64.getEncoder().encodeToString(certificate);
        activate(Map.of("address", address, "name", name, "certificate", encoded), password);
    }

    private void activate(Map<String, String> therapist, String password) throws IOException, InterruptedException {
        String code = new String(ActivationCode.generate().text());
        String recoveryCode = new String(RecoveryCode.generate().text());
        ask("POST", "/therapists", therapist, code);
        ask("POST", "/therapists/" + therapist.get("address") + "/activation", Map.of(), code, password, recoveryCode);
    }

    /** Adds a client; returns the thread's address. */
    public String client(String therapist, String email, String name) throws IOException, InterruptedException {
        return ask("POST", "/clients", Map.of("therapist", therapist, "email", email, "name", name))
                .path("thread")
                .asText();
    }

    public void clientKey(String thread, byte[] certificate) throws IOException, InterruptedException {
        String encoded = Base64.getEncoder().encodeToString(certificate);
        ask("PUT", "/threads/" + thread + "/key", Map.of("certificate", encoded));
    }

    /** Adds a mailbox from which a client writes as well. */
    public void mailbox(String thread, String mailbox) throws IOException, InterruptedException {
        ask("POST", "/threads/" + thread + "/mailboxes", Map.of("mailbox", mailbox));
    }

    /** Takes a client's keys off file. */
    public void noClientKey(String thread) throws IOException, InterruptedException {
        ask("DELETE", "/threads/" + thread + "/key", Map.of());
    }

    /** The certificate of a thread or a therapist, ASCII-armored. */
    public String certificate(String address) throws IOException, InterruptedException {
        return ask("GET", "/keys/" + address, Map.of()).path("certificate").asText();
    }

    public void consent(String thread, boolean given) throws IOException, InterruptedException {
        ask("PUT", "/threads/" + thread + "/consent", Map.of("given", given));
    }

    /** Agrees on terms. */
    public void contract(String thread, Map<String, String> terms) throws IOException, InterruptedException {
        ask("PUT", "/threads/" + thread + "/contract", terms);
    }

    /** What those who run the server see of a thread. */
    JsonNode thread(String thread) throws IOException, InterruptedException {
        return ask("GET", "/threads/" + thread, Map.of());
    }

    /** The windows of a thread and what is held. */
    public JsonNode sessions(String thread) throws IOException, InterruptedException {
        return ask("GET", "/threads/" + thread + "/sessions", Map.of());
    }

    /** What the therapist orders about the times of a thread. */
    public void command(String thread, String command) throws IOException, InterruptedException {
        ask("POST", "/threads/" + thread + "/sessions", Map.of("command", command));
    }

    /** How notices are written to the client. */
    public void settings(String thread, Map<String, String> settings) throws IOException, InterruptedException {
        ask("PUT", "/threads/" + thread + "/settings", settings);
    }

    /** What will happen to a thread, line by line: the therapist's time, and what. */
    public List<String> simulation(String thread, String from, String to) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        ask("POST", "/threads/" + thread + "/simulation", Map.of("from", from, "to", to))
                .path("happenings")
                .forEach(line -> lines.add(line.path("therapist").asText() + " "
                        + line.path("what").asText()));
        return lines;
    }

    /** How many messages the record of a thread has. */
    public long messages(String thread) throws IOException, InterruptedException {
        return ask("GET", "/threads/" + thread, Map.of()).path("messages").asLong();
    }

    /** What is in the queues, by id. */
    public JsonNode queue() throws IOException, InterruptedException {
        return ask("GET", "/queue", Map.of()).path("parcels");
    }

    /** Has everything tried at once that is put off. */
    public void retryAll() throws IOException, InterruptedException {
        for (JsonNode parcel : queue()) {
            // Refused if an attempt is under way by now.
            send("POST", "/queue/" + parcel.path("id").asText() + "/retry", new byte[0]);
        }
    }

    /** Whether the server says that it can work. */
    public boolean ready() throws IOException, InterruptedException {
        return send("GET", "/health/ready", new byte[0]).statusCode() == 200;
    }

    /** The parts that are not well. */
    public List<String> troubles() throws IOException, InterruptedException {
        List<String> parts = new ArrayList<>();
        for (JsonNode part :
                json.readTree(send("GET", "/health/ready", new byte[0]).body()).path("troubles")) {
            parts.add(part.asText());
        }
        return parts;
    }

    /** The metrics, as Prometheus gets them. */
    public String metrics() throws IOException, InterruptedException {
        return new String(send("GET", "/metrics", new byte[0]).body(), StandardCharsets.UTF_8);
    }

    /** Brings a thread's folder back; returns how many messages came back. */
    public int restore(String thread) throws IOException, InterruptedException {
        return ask("POST", "/threads/" + thread + "/view", Map.of())
                .path("restored")
                .asInt();
    }

    public void quota(String therapist, Map<String, String> limits) throws IOException, InterruptedException {
        ask("PUT", "/therapists/" + therapist + "/quota", limits);
    }

    private JsonNode ask(String method, String path, Map<String, ?> body, String... secrets)
            throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder(json.writeValueAsString(body));
        for (String secret : secrets) {
            text.append('\0').append(secret);
        }
        HttpResponse<byte[]> response = send(method, path, text.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(response.statusCode()).as(method + " " + path).isEqualTo(200);
        return json.readTree(response.body());
    }

    /** Sends a request, whatever the answer. */
    public HttpResponse<byte[]> send(String method, String path, byte[] body) throws IOException, InterruptedException {
        String url = Files.readString(DataFolder.adminUrl(data)).strip();
        String token = Files.readString(DataFolder.adminToken(data)).strip();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
}
