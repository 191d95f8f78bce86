package org.therapost.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.therapost.server.commandline.Commands;
import org.therapost.server.commandline.io.SecretInput;
import picocli.CommandLine;

/**
 * Types commands to this program's own command line, in this process.
 *
 * @param data the data folder of the server that they are for
 */
public record OwnCommands(Path data) implements Operator {

    @Override
    public JsonNode typeSecretly(List<String> secrets, String... command) throws IOException {
        StringWriter said = new StringWriter();
        StringWriter complained = new StringWriter();
        CommandLine commandLine = Commands.commandLine(SecretInput.lines(
                new ByteArrayInputStream((String.join("\n", secrets) + "\n").getBytes(StandardCharsets.UTF_8))));
        commandLine.setOut(new PrintWriter(said));
        commandLine.setErr(new PrintWriter(complained));
        int status = commandLine.execute(
                Stream.concat(Arrays.stream(command), Stream.of("--json", "--data", data.toString()))
                        .toArray(String[]::new));
        if (status != 0) {
            throw new IOException(String.join(" ", command) + ": status " + status + ", "
                    + complained.toString().strip());
        }
        return new ObjectMapper().readTree(said.toString());
    }
}
