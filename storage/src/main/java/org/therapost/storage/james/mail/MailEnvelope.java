package org.therapost.storage.james.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.mailet.Mail;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.sealing.SealedException;

/**
 * All of a mail but its name and its message.
 *
 * @param attributes by name, in the form of {@code AttributeValue.toJson()}
 */
public record MailEnvelope(
        Route route, Progress progress, Peer peer, Map<String, JsonNode> attributes, List<RecipientHeader> headers) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A header that one recipient alone gets. */
    public record RecipientHeader(String recipient, String name, String value) {}

    /** @param sender null for the empty reverse path of bounces */
    public record Route(@Nullable String sender, List<String> recipients) {

        @Override
        public String toString() {
            return "Route[" + recipients.size() + " recipients]";
        }
    }

    /** @param lastUpdated milliseconds since 1970 */
    public record Progress(
            @Nullable String state,
            @Nullable String error,
            @Nullable Long lastUpdated) {}

    /** The SMTP client that handed it over. */
    public record Peer(@Nullable String host, @Nullable String address) {}

    /** The envelope of a parcel; what else is to be known of it stands in columns. */
    public static MailEnvelope of(Parcel parcel) {
        return new MailEnvelope(
                new Route(
                        parcel.sender().map(EmailAddress::value).orElse(null),
                        List.of(parcel.recipient().value())),
                new Progress(Mail.DEFAULT, null, null),
                new Peer(null, null),
                Map.of(),
                List.of());
    }

    /** One object with these names, whatever the parts of this class are called: it is stored. */
    byte[] toJson() {
        ObjectNode json = JSON.createObjectNode();
        json.put("sender", route.sender());
        json.set("recipients", JSON.valueToTree(route.recipients()));
        json.put("state", progress.state());
        json.put("error", progress.error());
        json.put("remoteHost", peer.host());
        json.put("remoteAddress", peer.address());
        json.put("lastUpdated", progress.lastUpdated());
        json.set("attributes", JSON.valueToTree(attributes));
        json.set("headers", JSON.valueToTree(headers));
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("text and numbers have a JSON form", broken);
        }
    }

    static MailEnvelope fromJson(byte[] octets) throws SealedException {
        try {
            JsonNode json = JSON.readTree(octets);
            return new MailEnvelope(
                    new Route(text(json, "sender"), List.of(read(json, "recipients", String[].class))),
                    new Progress(text(json, "state"), text(json, "error"), number(json, "lastUpdated")),
                    new Peer(text(json, "remoteHost"), text(json, "remoteAddress")),
                    JSON.convertValue(json.required("attributes"), new TypeReference<Map<String, JsonNode>>() {}),
                    List.of(read(json, "headers", RecipientHeader[].class)));
        } catch (IOException | IllegalArgumentException broken) {
            // Without the cause: Jackson quotes what it reads.
            throw new SealedException("the envelope is not one of this version");
        }
    }

    private static <T> T read(JsonNode json, String name, Class<T> type) throws IOException {
        return JSON.treeToValue(json.required(name), type);
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.required(name);
        return value.isNull() ? null : value.asText();
    }

    private static @Nullable Long number(JsonNode json, String name) {
        JsonNode value = json.required(name);
        return value.isNull() ? null : (Long) value.asLong();
    }

    @Override
    public String toString() {
        return "MailEnvelope";
    }
}
