package org.therapost.server.administration.routes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.sealing.keys.Password;

/**
 * One request.
 *
 * @param name what stands in the path where the route has {@code *}; empty if it has none
 * @param secrets passwords and codes, in the order of the route; they are wiped when it has answered
 */
public record Request(String name, JsonNode body, List<Password> secrets) {

    public Request {
        secrets = List.copyOf(secrets);
    }

    /** A password or a code that must be there. */
    Password secret(int place) throws EnrolmentException {
        if (place >= secrets.size()) {
            throw new EnrolmentException("a password or a code is missing");
        }
        return secrets.get(place);
    }

    /** A text that must be there. */
    String text(String field) throws EnrolmentException {
        return optional(field).orElseThrow(() -> new EnrolmentException(field + " is missing"));
    }

    Optional<String> optional(String field) {
        return Optional.ofNullable(body.get(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    boolean flag(String field) throws EnrolmentException {
        JsonNode value = body.get(field);
        if (value == null || !value.isBoolean()) {
            throw new EnrolmentException(field + " is missing");
        }
        return value.asBoolean();
    }

    /** Yes only if it says so. */
    boolean optionalFlag(String field) {
        JsonNode value = body.get(field);
        return value != null && value.isBoolean() && value.asBoolean();
    }

    /** Octets in Base64. */
    Optional<byte[]> octets(String field) throws EnrolmentException {
        Optional<String> text = optional(field);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(text.get()));
        } catch (IllegalArgumentException bad) {
            throw new EnrolmentException(field + " is not Base64");
        }
    }
}
