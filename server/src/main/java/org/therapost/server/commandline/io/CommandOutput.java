package org.therapost.server.commandline.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How a command answers. */
public final class CommandOutput {

    @Spec(Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--json", description = "Answer as one line of JSON.")
    private boolean json;

    /** Prints an answer as JSON if that was asked for, or readably. */
    public void print(JsonNode answer, Consumer<PrintWriter> readable) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(answer);
        } else {
            readable.accept(out);
        }
        out.flush();
    }
}
