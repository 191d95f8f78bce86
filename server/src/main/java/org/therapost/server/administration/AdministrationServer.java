package org.therapost.server.administration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.people.EnrolmentException;
import org.therapost.server.configuration.Listener;
import org.therapost.server.folder.DataFolder;
import org.therapost.server.folder.PrivateFiles;

/** Listens on loopback and hands requests that bear the token to their routes. */
public final class AdministrationServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdministrationServer.class);
    private static final int LARGEST_REQUEST = 1024 * 1024;
    private static final int STILL = 10;

    private final Map<String, Route> routes = new HashMap<>();
    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final HttpServer server;
    private final byte[] token;
    private final StatusRoutes status;

    private AdministrationServer(HttpServer server, byte[] token, AllRoutes all) {
        this.server = server;
        this.token = token;
        this.status = all.status();
        this.routes.putAll(all.routes());
    }

    /** Starts listening, and writes token and address into the data folder for the command line. */
    public static AdministrationServer start(Listener listener, Path dataFolder, AllRoutes routes) throws IOException {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        byte[] token = HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(listener.address()), listener.port());
        AdministrationServer administration = new AdministrationServer(HttpServer.create(address, 0), token, routes);
        administration.server.createContext("/", administration::handle);
        administration.server.setExecutor(administration.executor);
        administration.server.start();
        PrivateFiles.write(DataFolder.adminToken(dataFolder), token);
        Listener bound =
                new Listener(listener.address(), administration.address().getPort());
        PrivateFiles.write(DataFolder.adminUrl(dataFolder), ("http://" + bound).getBytes(StandardCharsets.US_ASCII));
        return administration;
    }

    /** Where it really listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/health/live")) {
                send(exchange, 200, Map.of("status", "live"));
            } else if (path.equals("/health") || path.equals("/health/ready")) {
                send(exchange, status.ready() ? 200 : 503, status.summary());
            } else if (!bearsToken(exchange)) {
                send(exchange, 401, Map.of("error", "the token of the data folder is needed"));
            } else if (path.equals("/metrics")) {
                send(
                        exchange,
                        200,
                        "text/plain; version=0.0.4; charset=utf-8",
                        status.metrics().getBytes(StandardCharsets.UTF_8));
            } else {
                answer(exchange, path);
            }
        }
    }

    private boolean bearsToken(HttpExchange exchange) {
        String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] expected =
                ("Bearer " + new String(token, StandardCharsets.US_ASCII)).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        String[] parts = path.split("/", -1);
        String name = parts.length > 2 ? parts[2] : "";
        if (parts.length > 2) {
            parts[2] = "*";
        }
        Route route = routes.get(exchange.getRequestMethod() + " " + String.join("/", parts));
        if (route == null) {
            send(exchange, 404, Map.of("error", "no such request"));
            return;
        }
        try {
            send(exchange, 200, route.answer(new Request(name, body(exchange))));
        } catch (EnrolmentException | JsonProcessingException refused) {
            String line = refused instanceof EnrolmentException ? refused.getMessage() : "the request is not JSON";
            send(exchange, 400, Map.of("error", String.valueOf(line)));
        } catch (CannotTellException unclear) {
            LOG.warn("administration: no answer from the database", unclear);
            send(exchange, 503, Map.of("error", "the database gave no answer; try again later"));
        } catch (RuntimeException bug) {
            LOG.error("administration failed", bug);
            send(exchange, 500, Map.of("error", "this failed; the server's log has the reason"));
        }
    }

    private JsonNode body(HttpExchange exchange) throws IOException {
        byte[] octets = exchange.getRequestBody().readNBytes(LARGEST_REQUEST);
        return octets.length == 0 ? json.createObjectNode() : json.readTree(octets);
    }

    private void send(HttpExchange exchange, int status, Object answer) throws IOException {
        send(exchange, status, "application/json", json.writeValueAsBytes(answer));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] octets) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, octets.length);
        exchange.getResponseBody().write(octets);
    }

    /** Lets requests in work end. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STILL, java.util.concurrent.TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
