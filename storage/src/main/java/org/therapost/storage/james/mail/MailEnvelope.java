package org.therapost.storage.james.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
 * @param sender null for the empty reverse path of bounces
 * @param lastUpdated milliseconds since 1970
 * @param attributes by name, in the form of {@code AttributeValue.toJson()}
 */
public record MailEnvelope(
        @Nullable String sender,
        List<String> recipients,
        @Nullable String state,
        @Nullable String error,
        @Nullable String remoteHost,
        @Nullable String remoteAddress,
        @Nullable Long lastUpdated,
        Map<String, JsonNode> attributes,
        List<RecipientHeader> headers) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A header that one recipient alone gets. */
    public record RecipientHeader(String recipient, String name, String value) {}

    /** The envelope of a parcel; what else is to be known of it stands in columns. */
    public static MailEnvelope of(Parcel parcel) {
        return new MailEnvelope(
                parcel.sender().map(EmailAddress::value).orElse(null),
                List.of(parcel.recipient().value()),
                Mail.DEFAULT,
                null,
                null,
                null,
                null,
                Map.of(),
                List.of());
    }

    byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("text and numbers have a JSON form", broken);
        }
    }

    static MailEnvelope fromJson(byte[] json) throws SealedException {
        try {
            return JSON.readValue(json, MailEnvelope.class);
        } catch (IOException broken) {
            // Without the cause: Jackson quotes what it reads.
            throw new SealedException("the envelope is not one of this version");
        }
    }

    @Override
    public String toString() {
        return "MailEnvelope";
    }
}
