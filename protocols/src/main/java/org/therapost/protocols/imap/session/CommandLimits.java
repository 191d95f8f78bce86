package org.therapost.protocols.imap.session;

import java.util.regex.Pattern;

/**
 * How many octets a command may have.
 *
 * @param beforeLogin for anybody
 * @param command for a therapist
 * @param message for a therapist who appends a message
 */
public record CommandLimits(int beforeLogin, int command, int message) {

    private static final int BEFORE_LOGIN = 8192;

    /** RFC 2971 section 3.3: thirty pairs, of names of 30 octets and values of 1,024. */
    private static final int ID = 34_000;

    private static final Pattern IDENTIFIES = Pattern.compile("\\S+ +ID\\b.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern APPENDS =
            Pattern.compile("\\S+ +(UID +)?(APPEND|REPLACE)\\b.*", Pattern.CASE_INSENSITIVE);

    /**
     * The usual limits.
     *
     * @param command octets of the longest command but APPEND
     * @param appended octets of the largest message that may be appended
     */
    public static CommandLimits of(int command, int appended) {
        // Room for the command around the message.
        return new CommandLimits(BEFORE_LOGIN, command, appended + command);
    }

    /** The limit for a command that begins with this line. */
    int of(String firstLine, boolean loggedIn) {
        if (!loggedIn) {
            return IDENTIFIES.matcher(firstLine).matches() ? Math.max(ID, beforeLogin) : beforeLogin;
        }
        return APPENDS.matcher(firstLine).matches() ? message : command;
    }
}
