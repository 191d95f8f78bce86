package org.therapost.server.administration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.server.administration.routes.AllRoutes;
import org.therapost.server.administration.routes.Request;
import org.therapost.server.administration.routes.Route;
import org.therapost.server.administration.routes.StatusRoutes;

/** From a request to its reply. */
final class RequestDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(RequestDispatcher.class);

    private final Map<String, Route> routes = new HashMap<>();
    private final ObjectMapper json = new ObjectMapper();
    private final byte[] authorization;
    private final StatusRoutes status;

    RequestDispatcher(AllRoutes all, String token) {
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.US_ASCII);
        this.status = all.status();
        this.routes.putAll(all.routes());
    }

    /** What is answered at once, before the rest of a request has come and without waiting for anything: health, and no. */
    Optional<Reply> atOnce(String path, String authorization) {
        if (path.equals("/health/live")) {
            return Optional.of(reply(200, Map.of("status", "live")));
        }
        if (path.equals("/health") || path.equals("/health/ready")) {
            return Optional.of(reply(status.ready() ? 200 : 503, status.summary()));
        }
        if (!MessageDigest.isEqual(this.authorization, authorization.getBytes(StandardCharsets.UTF_8))) {
            return Optional.of(error(401, "the token of the data folder is needed"));
        }
        return Optional.empty();
    }

    /** Prometheus's figures; some of them are asked of the database. */
    Reply metrics() {
        return new Reply(
                200,
                "text/plain; version=0.0.4; charset=utf-8",
                status.metrics().getBytes(StandardCharsets.UTF_8));
    }

    /** What a route answers; takes as long as that takes. */
    Reply answer(String method, String path, byte[] body) {
        String[] parts = path.split("/", -1);
        String name = parts.length > 2 ? parts[2] : "";
        if (parts.length > 2) {
            parts[2] = "*";
        }
        Route route = routes.get(method + " " + String.join("/", parts));
        if (route == null) {
            return error(404, "no such request");
        }
        try (RequestBody request = RequestBody.read(body, json)) {
            return reply(200, route.answer(new Request(name, request.object(), request.secrets())));
        } catch (EnrolmentException refused) {
            return error(400, String.valueOf(refused.getMessage()));
        } catch (IOException notJson) {
            return error(400, "the request is not a JSON object");
        } catch (CannotTellException unclear) {
            LOG.warn("administration: no answer from the database", unclear);
            return error(503, "the database gave no answer; try again later");
        } catch (RuntimeException bug) {
            LOG.error("administration failed", bug);
            return error(500, "the command failed; the server's log has the reason");
        }
    }

    Reply error(int status, String line) {
        return reply(status, Map.of("error", line));
    }

    private Reply reply(int status, Object answer) {
        try {
            return new Reply(status, Reply.JSON, json.writeValueAsBytes(answer));
        } catch (JsonProcessingException bug) {
            throw new UncheckedIOException(bug);
        }
    }
}
