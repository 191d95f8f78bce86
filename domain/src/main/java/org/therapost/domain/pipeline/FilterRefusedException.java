package org.therapost.domain.pipeline;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;

/** A filter of the operator's refuses a mail, with a reply of the operator's own. */
public final class FilterRefusedException extends RefusedException {

    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    public FilterRefusedException(Reply reply) {
        super(Refusal.BY_FILTER);
        this.reply = reply;
    }

    /** What the sender hears. */
    public Reply reply() {
        return reply;
    }

    /**
     * A reply to DATA.
     *
     * @param code 450 to 459, or 550 to 559: about the mail system (RFC 5321 section 4.2.1)
     * @param status the enhanced status code (RFC 3463), of the same class
     * @param text one line of printable ASCII
     */
    public record Reply(int code, String status, String text) {

        private static final Pattern FORM = Pattern.compile("([45]5[0-9]) (([45])\\.[0-9]{1,3}\\.[0-9]{1,3}) (.+)");

        // RFC 5321 section 4.5.3.1.5: a reply line has 512 octets, with its codes and line end.
        private static final int LONGEST = 400;

        /** For an operator who says nothing. */
        public static final Reply DEFAULT = new Reply(550, "5.7.1", "Not accepted");

        public Reply {
            if (!FORM.matcher(code + " " + status + " " + text).matches()
                    || code / 100 != status.charAt(0) - '0'
                    || text.isBlank()
                    || text.length() > LONGEST
                    || !text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
                throw new IllegalArgumentException(
                        "expected a code from 450 to 459 or from 550 to 559, a status such as"
                                + " 5.7.1 that begins with the same digit, and one line of printable ASCII of at most "
                                + LONGEST
                                + " characters: 550 5.7.1 Not accepted");
            }
        }

        /**
         * Reads {@code 550 5.7.1 Not accepted}.
         *
         * @throws IllegalArgumentException if it is none; the message says what is expected
         */
        public static Reply of(String line) {
            if (line.isEmpty()) {
                return DEFAULT;
            }
            Matcher parts = FORM.matcher(line);
            return parts.matches()
                    ? new Reply(Integer.parseInt(parts.group(1)), parts.group(2), parts.group(4))
                    : new Reply(0, "0", "");
        }
    }
}
