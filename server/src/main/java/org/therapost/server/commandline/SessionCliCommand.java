package org.therapost.server.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.therapost.server.commandline.io.CommandFailure;
import org.therapost.server.commandline.io.CommandOutput;
import org.therapost.server.commandline.io.FolderOptions;
import org.therapost.server.commandline.io.UriPathSegment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code therapost session}. */
@Command(
        name = "session",
        description = "Agreed times of a thread. Times are the therapist's local time.",
        subcommands = {
            SessionCliCommand.ListAll.class,
            SessionCliCommand.Propose.class,
            SessionCliCommand.Open.class,
            SessionCliCommand.Extend.class,
            SessionCliCommand.Cancel.class,
            SessionCliCommand.Simulate.class
        })
final class SessionCliCommand {

    /** What every command about one thread has. */
    abstract static class OfThread implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(index = "0", paramLabel = "THREAD", description = "The thread's address.")
        private String thread = "";

        /** Asks the server about the thread, and prints its windows. */
        final int ask(String method, Map<String, ?> body) throws CommandFailure {
            JsonNode answer =
                    folderOptions.server().ask(method, "/threads/" + UriPathSegment.of(thread) + "/sessions", body);
            commandOutput.print(answer, out -> print(answer, out));
            return 0;
        }
    }

    private static void print(JsonNode answer, PrintWriter out) {
        if (answer.path("windows").isEmpty()) {
            out.println("no sessions planned");
        } else {
            out.printf("%-27s %-10s %-11s %-27s %s%n", "OPENS", "STATE", "CONFIRMED", "FOR THE CLIENT", "RESULT");
        }
        for (JsonNode window : answer.path("windows")) {
            out.printf(
                    "%-27s %-10s %-11s %-27s %s%n",
                    window.path("opens").asText(),
                    window.path("state").asText(),
                    window.path("confirmed").asBoolean() ? "yes" : "no",
                    window.path("opensForClient").asText(),
                    window.path("result").asText());
        }
        int held = answer.path("held").asInt();
        out.println(
                held == 0
                        ? "nothing is held"
                        : held + " held, the oldest since "
                                + answer.path("oldest").asText());
    }

    @Command(name = "list", description = "What is planned and what is held.")
    static final class ListAll extends OfThread {
        @Override
        public Integer call() throws CommandFailure {
            return ask("GET", Map.of());
        }
    }

    @Command(name = "propose", description = "Propose a time; the client gets an invitation.")
    static final class Propose extends OfThread {
        @Parameters(index = "1", paramLabel = "DATE", description = "Such as 2026-12-01.")
        private String date = "";

        @Parameters(index = "2", paramLabel = "TIME", description = "Such as 18:00.")
        private String time = "";

        @Parameters(
                index = "3",
                arity = "0..1",
                paramLabel = "MINUTES",
                description = "Default: the contract's length.")
        private String minutes = "";

        @Override
        public Integer call() throws CommandFailure {
            return ask("POST", Map.of("command", ("propose " + date + " " + time + " " + minutes).strip()));
        }
    }

    @Command(name = "open", description = "Open now, and release what is held.")
    static final class Open extends OfThread {
        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "MINUTES",
                description = "Default: the contract's length.")
        private String minutes = "";

        @Override
        public Integer call() throws CommandFailure {
            return ask("POST", Map.of("command", ("open " + minutes).strip()));
        }
    }

    @Command(name = "extend", description = "Let the open session end later.")
    static final class Extend extends OfThread {
        @Parameters(index = "1", paramLabel = "MINUTES", description = "By how much.")
        private String minutes = "";

        @Override
        public Integer call() throws CommandFailure {
            return ask("POST", Map.of("command", "extend " + minutes));
        }
    }

    @Command(name = "cancel", description = "Cancel the next session, or the one that opens then.")
    static final class Cancel extends OfThread {
        @Parameters(index = "1", arity = "0..1", paramLabel = "DATE", description = "Such as 2026-12-01.")
        private String date = "";

        @Parameters(index = "2", arity = "0..1", paramLabel = "TIME", description = "Such as 18:00.")
        private String time = "";

        @Override
        public Integer call() throws CommandFailure {
            return ask("POST", Map.of("command", ("cancel " + date + " " + time).strip()));
        }
    }

    @Command(
            name = "simulate",
            description =
                    "What will happen to a thread if nobody writes: windows, notices, held mail. Touches nothing.")
    static final class Simulate implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Option(names = "--thread", required = true, paramLabel = "THREAD", description = "The thread's address.")
        private String thread = "";

        @Option(names = "--from", defaultValue = "", paramLabel = "DATE", description = "Default: now.")
        private String from = "";

        @Option(
                names = "--to",
                required = true,
                paramLabel = "DATE",
                description = "Such as 2026-12-01 or \"2026-12-01 18:00\".")
        private String to = "";

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer = folderOptions
                    .server()
                    .ask(
                            "POST",
                            "/threads/" + UriPathSegment.of(thread) + "/simulation",
                            Map.of("from", from, "to", to));
            commandOutput.print(answer, out -> {
                out.printf(
                        "%-27s %-27s %s%n",
                        answer.path("therapistZone").asText(),
                        answer.path("clientZone").asText(),
                        "WHAT");
                for (JsonNode happening : answer.path("happenings")) {
                    out.printf(
                            "%-27s %-27s %s%n",
                            happening.path("therapist").asText(),
                            happening.path("client").asText(),
                            happening.path("what").asText());
                }
                if (answer.path("happenings").isEmpty()) {
                    out.println("nothing");
                }
            });
            return 0;
        }
    }
}
