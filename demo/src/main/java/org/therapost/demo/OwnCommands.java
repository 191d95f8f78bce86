package org.therapost.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.therapost.server.commandline.Commands;
import picocli.CommandLine;

/**
 * Types commands to this program's own command line, in this process.
 *
 * @param data the data folder of the server that they are for
 */
public record OwnCommands(Path data) implements Operator {

    @Override
    public JsonNode type(String... command) throws IOException {
        StringWriter said = new StringWriter();
        StringWriter complained = new StringWriter();
        CommandLine commandLine = Commands.commandLine();
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
