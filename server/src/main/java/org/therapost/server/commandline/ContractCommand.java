package org.therapost.server.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.therapost.server.commandline.io.CommandFailure;
import org.therapost.server.commandline.io.CommandInput;
import org.therapost.server.commandline.io.CommandOutput;
import org.therapost.server.commandline.io.FolderOptions;
import org.therapost.server.commandline.io.UriPathSegment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code therapost contract}. */
@Command(
        name = "contract",
        description = "What therapist and client have agreed for a thread; earlier terms are kept.",
        subcommands = {ContractCommand.Show.class, ContractCommand.Change.class})
final class ContractCommand {

    private static void print(JsonNode terms, PrintWriter out) {
        terms.properties()
                .forEach(field -> out.printf(
                        "%-14s %s%n", field.getKey(), field.getValue().asText()));
    }

    @Command(name = "show", description = "The terms in force.")
    static final class Show implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(paramLabel = "THREAD", description = "The thread's address.")
        private String thread = "";

        @Override
        public Integer call() throws CommandFailure {
            JsonNode answer =
                    folderOptions.server().ask("GET", "/threads/" + UriPathSegment.of(thread) + "/contract", Map.of());
            commandOutput.print(answer, out -> print(answer.path("now"), out));
            return 0;
        }
    }

    @Command(
            name = "set",
            description =
                    "Agree on new terms; what is not named stays as it is. Durations are minutes, or have m, h or d.")
    static final class Change implements Callable<Integer> {
        @Mixin
        private FolderOptions folderOptions = new FolderOptions();

        @Mixin
        private CommandOutput commandOutput = new CommandOutput();

        @Parameters(paramLabel = "THREAD", description = "The thread's address.")
        private String thread = "";

        @Option(names = "--from", paramLabel = "DATE", description = "From when on (default: now).")
        private @Nullable String from;

        @Option(names = "--mode", paramLabel = "MODE", description = "asynchronous, live or messaging.")
        private @Nullable String mode;

        @Option(
                names = "--policy",
                paramLabel = "POLICY",
                description = "Client mail outside a session: deliver, hold or return.")
        private @Nullable String policy;

        @Option(names = "--zone", paramLabel = "ZONE", description = "The therapist's, such as Europe/London.")
        private @Nullable String zone;

        @Option(
                names = "--length",
                paramLabel = "DURATION",
                description = "Of a session opened without saying how long.")
        private @Nullable String length;

        @Option(names = "--lateness", paramLabel = "DURATION", description = "When a silent client counts as late.")
        private @Nullable String lateness;

        @Option(names = "--grace", paramLabel = "DURATION", description = "How long mail is taken after the end.")
        private @Nullable String grace;

        @Option(names = "--max-hold", paramLabel = "DURATION", description = "How long mail is held, 1h to 7d.")
        private @Nullable String maxHold;

        @Option(
                names = "--urgent-word",
                paramLabel = "FILE",
                description =
                        "A file (- for standard input) with the word or phrase, first in a subject, that releases at once;"
                                + " none: no such word.")
        private @Nullable String urgentWord;

        @Option(
                names = "--back-up-plan",
                paramLabel = "FILE",
                description =
                        "A file (- for standard input) that says what both do when live mail does not get through;"
                                + " none: no plan.")
        private @Nullable String backUpPlan;

        @Option(
                names = "--hours-summary",
                paramLabel = "HOW-OFTEN",
                description = "Of what was written in messaging hours: never, or weekly on Monday morning.")
        private @Nullable String hoursSummary;

        @Option(
                names = "--cut-off",
                paramLabel = "DAY TIME",
                description = "Until when a week's letters count together, such as \"SUN 18:00\"; none: no letters.")
        private @Nullable String cutOff;

        @Option(names = "--reply-within", paramLabel = "DAYS", description = "Working days after the cut-off.")
        private @Nullable String replyWithin;

        @Option(names = "--reply-time", paramLabel = "TIME", description = "Until when on that day, such as 17:00.")
        private @Nullable String replyTime;

        @Option(names = "--working-days", paramLabel = "DAYS", description = "Such as MON,TUE,THU.")
        private @Nullable String workingDays;

        @Option(names = "--holidays", paramLabel = "DATES", description = "Such as 2026-12-25,2026-12-26; none.")
        private @Nullable String holidays;

        @Option(
                names = "--word-limit",
                paramLabel = "WORDS",
                description = "Of a client's exchange; it only informs; none.")
        private @Nullable String wordLimit;

        @Override
        public Integer call() throws CommandFailure {
            Map<String, String> body = new TreeMap<>();
            put(body, "from", from);
            put(body, "mode", mode);
            put(body, "policy", policy);
            put(body, "zone", zone);
            put(body, "length", length);
            put(body, "lateness", lateness);
            put(body, "grace", grace);
            put(body, "max-hold", maxHold);
            put(body, "urgent-word", CommandInput.words("--urgent-word", urgentWord));
            put(body, "back-up-plan", CommandInput.words("--back-up-plan", backUpPlan));
            put(body, "hours-summary", hoursSummary);
            put(body, "cut-off", cutOff);
            put(body, "reply-within", replyWithin);
            put(body, "reply-time", replyTime);
            put(body, "working-days", workingDays);
            put(body, "holidays", holidays);
            put(body, "word-limit", wordLimit);
            JsonNode answer =
                    folderOptions.server().ask("PUT", "/threads/" + UriPathSegment.of(thread) + "/contract", body);
            commandOutput.print(answer, out -> {
                JsonNode all = answer.path("all");
                print(all.path(all.size() - 1), out);
            });
            return 0;
        }
    }

    static void put(Map<String, String> body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
