package org.therapost.server.commandline.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client's mailbox and name, as they stand in a file or are typed: never on a command line, which every local user can
 * read while the command runs, and which shells keep.
 *
 * @param email the client's own mailbox
 * @param name what names the therapist's folder
 */
public record ClientDetails(String email, String name) {

    private static final Pattern MAILBOX = Pattern.compile("\"?([^\"<>]*?)\"?\\s*<([^<>\\s]+)>");
    private static final Pattern FIELD = Pattern.compile("(?i)(email|e-mail|address|mailbox|name)\\s*[:=]\\s*(.*)");
    private static final String FORM =
            "two lines, the client's mailbox and the client's name (or one line: Name <mailbox>)";

    @Override
    public String toString() {
        return "ClientDetails";
    }

    /** From a file, or from standard input for {@code -}; a person at a terminal is asked. */
    @SuppressWarnings("SystemConsoleNull") // from JDK 22 on there is always one, and it reads standard input as well
    public static ClientDetails read(Path file) throws CommandFailure {
        Console console = System.console();
        if (file.toString().equals("-") && console != null) {
            return ask(console);
        }
        return parse(CommandInput.text(file));
    }

    private static ClientDetails ask(Console console) throws CommandFailure {
        String first = console.readLine("%s", "The client's mailbox: ");
        if (first == null) {
            throw incomplete();
        }
        if (first.strip().startsWith("{") || MAILBOX.matcher(first.strip()).matches()) {
            return parse(first);
        }
        String second = console.readLine("%s", "The client's name (names the therapist's folder): ");
        return parse(first + "\n" + (second == null ? "" : second));
    }

    static ClientDetails parse(String text) throws CommandFailure {
        String stripped = text.replace("\uFEFF", "").strip();
        if (stripped.startsWith("{")) {
            return fromJson(stripped);
        }
        String email = "";
        String name = "";
        try (BufferedReader lines = new BufferedReader(new StringReader(stripped))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String rest = line.strip();
                if (rest.isEmpty()) {
                    continue;
                }
                Matcher both = MAILBOX.matcher(rest);
                Matcher field = FIELD.matcher(rest);
                if (both.matches() && !both.group(1).isEmpty()) {
                    name = once(name, both.group(1));
                    email = once(email, both.group(2));
                } else if (field.matches()) {
                    boolean isName = field.group(1).toLowerCase(Locale.ROOT).equals("name");
                    name = isName ? once(name, field.group(2)) : name;
                    email = isName ? email : once(email, field.group(2));
                } else if (email.isEmpty() && rest.contains("@")) {
                    email = rest;
                } else {
                    name = once(name, rest);
                }
            }
        } catch (IOException inMemory) {
            throw incomplete();
        }
        return of(email, name);
    }

    private static String once(String before, String now) throws CommandFailure {
        if (!before.isEmpty()) {
            throw new CommandFailure(CommandFailure.BAD_INPUT, "one client at a time: " + FORM);
        }
        return now.strip();
    }

    private static ClientDetails fromJson(String text) throws CommandFailure {
        try {
            JsonNode object = new ObjectMapper().readTree(text);
            return of(
                    object.path("email").asText().strip(),
                    object.path("name").asText().strip());
        } catch (JsonProcessingException broken) {
            // Its message would quote what was given.
            throw new CommandFailure(CommandFailure.BAD_INPUT, "the client's details are not JSON; or give " + FORM);
        }
    }

    private static ClientDetails of(String email, String name) throws CommandFailure {
        if (email.isEmpty() || name.isEmpty()) {
            throw incomplete();
        }
        return new ClientDetails(email, name);
    }

    private static CommandFailure incomplete() {
        return new CommandFailure(CommandFailure.BAD_INPUT, "needed on standard input or in FILE: " + FORM);
    }
}
