package org.therapost.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;

/** The person at the practice who types {@code therapost} commands. */
public interface Operator {

    /**
     * Types a command, such as {@code practice add practice.example}.
     *
     * @return its answer with {@code --json}
     * @throws IOException if its exit status is not 0; with what it said
     */
    default JsonNode type(String... command) throws IOException {
        return typeSecretly(List.of(), command);
    }

    /**
     * The same for a command that asks for passwords or codes.
     *
     * @param secrets what is typed unseen, in order
     */
    JsonNode typeSecretly(List<String> secrets, String... command) throws IOException;
}
