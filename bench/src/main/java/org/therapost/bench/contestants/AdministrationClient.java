package org.therapost.bench.contestants;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The administration of a running Therapost, as its command line uses it; a thousand enrolments need no thousand JVMs. */
final class AdministrationClient {

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String token;

    private AdministrationClient(String url, String token) {
        this.url = url;
        this.token = token;
    }

    static AdministrationClient of(Path data) throws IOException {
        return new AdministrationClient(
                Files.readString(data.resolve("admin.url")).strip(),
                Files.readString(data.resolve("admin.token")).strip());
    }

    /** @param secrets passwords and codes that go with it */
    JsonNode post(String path, Map<String, String> body, String... secrets) throws IOException {
        return ask("POST", path, body, secrets);
    }

    JsonNode ask(String method, String path, Map<String, String> body, String... secrets) throws IOException {
        StringBuilder text = new StringBuilder(json.writeValueAsString(body));
        for (String secret : secrets) {
            text.append('\0').append(secret);
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(text.toString(), UTF_8))
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException(path + ": " + answer.statusCode() + " " + new String(answer.body(), UTF_8));
            }
            return json.readTree(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while administering", e);
        }
    }
}
