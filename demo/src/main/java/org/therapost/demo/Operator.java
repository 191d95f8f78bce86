package org.therapost.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** The person at the practice who types {@code therapost} commands. */
public interface Operator {

    /**
     * Types a command, such as {@code practice add practice.example}.
     *
     * @return its answer with {@code --json}
     * @throws IOException if its exit status is not 0; with what it said
     */
    JsonNode type(String... command) throws IOException;
}
