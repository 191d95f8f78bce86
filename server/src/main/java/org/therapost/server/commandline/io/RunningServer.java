package org.therapost.server.commandline.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.therapost.server.folder.DataFolder;

/** The server that runs on a data folder, through its administration. */
public final class RunningServer {

    /** In UTF-8; a character of four octets is two chars. */
    private static final int MOST_OCTETS_OF_A_CHAR = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ObjectMapper json = new ObjectMapper();
    private final Path data;

    RunningServer(Path data) {
        this.data = data;
    }

    /**
     * Sends a request.
     *
     * @param secrets passwords and codes that go with it; they are wiped
     */
    public JsonNode ask(String method, String path, Map<String, ?> body, char[]... secrets) throws CommandFailure {
        HttpResponse<byte[]> response;
        JsonNode answer;
        try {
            response = send(method, path, octets(body, secrets));
            answer = json.readTree(response.body());
        } catch (IOException unreachable) {
            throw new CommandFailure(
                    CommandFailure.NO_SERVER,
                    "no server runs on the data folder " + data + " (start it with: therapost start --data " + data
                            + ")");
        }
        if (response.statusCode() != 200) {
            int status = response.statusCode() == 400 ? CommandFailure.BAD_INPUT : CommandFailure.OTHER;
            throw new CommandFailure(status, answer.path("error").asText());
        }
        return answer;
    }

    /** The body in JSON; behind it the secrets, each after one octet NUL. */
    private byte[] octets(Map<String, ?> body, char[]... secrets) throws IOException {
        byte[] octets = json.writeValueAsBytes(body);
        for (char[] secret : secrets) {
            ByteBuffer encoded = ByteBuffer.allocate(secret.length * MOST_OCTETS_OF_A_CHAR);
            StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .encode(CharBuffer.wrap(secret), encoded, true);
            encoded.flip();
            byte[] longer = Arrays.copyOf(octets, octets.length + 1 + encoded.remaining());
            encoded.get(longer, octets.length + 1, encoded.remaining());
            Arrays.fill(encoded.array(), (byte) 0);
            Arrays.fill(octets, (byte) 0);
            Arrays.fill(secret, '\0');
            octets = longer;
        }
        return octets;
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] body) throws IOException {
        String url = Files.readString(DataFolder.adminUrl(data), StandardCharsets.US_ASCII)
                .strip();
        String token = Files.readString(DataFolder.adminToken(data), StandardCharsets.US_ASCII)
                .strip();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            return HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(5))
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", hurry);
        }
    }
}
