package org.therapost.server.administration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.therapost.domain.sealing.keys.Password;

/**
 * What a request brings: a JSON object, and behind it passwords and codes, each after one octet NUL, which JSON cannot contain.
 * Apart from the JSON they can be wiped; a parser of JSON keeps what it read for longer than anybody knows.
 */
record RequestBody(JsonNode object, List<Password> secrets) implements AutoCloseable {

    RequestBody {
        secrets = List.copyOf(secrets);
    }

    /**
     * Reads a body and wipes it.
     *
     * @throws IOException if it does not begin with a JSON object
     */
    static RequestBody read(byte[] octets, ObjectMapper json) throws IOException {
        try {
            int end = next(octets, 0);
            JsonNode object = end == 0 ? json.createObjectNode() : json.readTree(octets, 0, end);
            if (!object.isObject()) {
                throw new IOException("no object");
            }
            List<Password> secrets = new ArrayList<>();
            while (end < octets.length) {
                int begin = end + 1;
                end = next(octets, begin);
                secrets.add(secret(octets, begin, end - begin));
            }
            return new RequestBody(object, secrets);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static int next(byte[] octets, int from) {
        int at = from;
        while (at < octets.length && octets[at] != 0) {
            at++;
        }
        return at;
    }

    private static Password secret(byte[] octets, int from, int length) {
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(octets, from, length));
        char[] characters = Arrays.copyOf(decoded.array(), decoded.limit());
        Arrays.fill(decoded.array(), '\0');
        return Password.offered(characters);
    }

    @Override
    public void close() {
        secrets.forEach(Password::close);
    }
}
