package org.therapost.protocols.smtp.handlers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of the parameters of a MAIL or RCPT command (RFC 5321 section 4.1.2), behind its path. */
public final class CommandParameters {

    private CommandParameters() {}

    /** Whether all parameters are among those that are offered; a command without a readable path has none. */
    public static boolean areAmong(String argument, Set<String> offered) {
        return names(argument).stream().allMatch(offered::contains);
    }

    static List<String> names(String argument) {
        int end = endOfPath(argument);
        List<String> names = new ArrayList<>();
        if (end >= 0) {
            for (String parameter : argument.substring(end + 1).strip().split("\\s+")) {
                if (!parameter.isEmpty()) {
                    names.add(parameter.split("=", 2)[0].toUpperCase(Locale.ROOT));
                }
            }
        }
        return names;
    }

    /** Where the path is closed; quoted local parts may hold the character, too. */
    private static int endOfPath(String argument) {
        boolean quoted = false;
        int start = argument.indexOf('<');
        for (int i = start + 1; start >= 0 && i < argument.length(); i++) {
            char character = argument.charAt(i);
            if (character == '\\') {
                i++;
            } else if (character == '"') {
                quoted = !quoted;
            } else if (character == '>' && !quoted) {
                return i;
            }
        }
        return -1;
    }
}
