package org.therapost.server.outsiders;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;

/** Mozilla's way to drive a program from outside: numbered commands in JSON over a socket, each answered once. */
final class Marionette implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 120_000;

    private final ObjectMapper json = new ObjectMapper();
    private final Socket socket;
    private final InputStream in;
    private int commands;

    private Marionette(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Takes the program over, once its first window is there. */
    static Marionette connect(int port) throws IOException {
        Marionette marionette = new Marionette(new Socket(InetAddress.getLoopbackAddress(), port));
        marionette.read();
        marionette.command("WebDriver:NewSession", Map.of());
        marionette.command("Marionette:SetContext", Map.of("value", "chrome"));
        marionette.command("WebDriver:SetTimeouts", Map.of("script", PATIENCE_MILLIS));
        return marionette;
    }

    /** Runs the body of an asynchronous function; returns what that returns, and fails with what it throws. */
    JsonNode run(String body, Object... arguments) throws IOException {
        String script = "const done = arguments[arguments.length - 1];\n(async (...args) => {\n" + body
                + "\n})(...arguments).then((value) => done({ value }), (error) => done({ error: String(error) }));";
        JsonNode outcome = command(
                        "WebDriver:ExecuteAsyncScript",
                        Map.of("script", script, "args", List.of(arguments), "sandbox", "system", "newSandbox", true))
                .path("value");
        if (outcome.has("error")) {
            throw new AssertionError(outcome.path("error").asText());
        }
        return outcome.path("value");
    }

    private JsonNode command(String name, Map<String, ?> parameters) throws IOException {
        byte[] command = json.writeValueAsBytes(List.of(0, ++commands, name, parameters));
        socket.getOutputStream().write((command.length + ":").getBytes(UTF_8));
        socket.getOutputStream().write(command);
        socket.getOutputStream().flush();
        JsonNode answer = read();
        if (!answer.path(2).isNull()) {
            throw new AssertionError(name + ": " + answer.path(2));
        }
        return answer.path(3);
    }

    private JsonNode read() throws IOException {
        int length = 0;
        for (int digit = in.read(); digit != ':'; digit = in.read()) {
            if (digit < 0) {
                throw new EOFException("the program has closed the connection");
            }
            length = length * 10 + digit - '0';
        }
        return json.readTree(in.readNBytes(length));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
