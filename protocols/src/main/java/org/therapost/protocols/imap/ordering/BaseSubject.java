package org.therapost.protocols.imap.ordering;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A subject without what replies and forwards put around it (RFC 5256 section 2.1).
 *
 * @param text what is left; empty if nothing is
 * @param replyOrForward whether something was taken away that says so
 */
record BaseSubject(String text, boolean replyOrForward) {

    /** Longer than any subject that a person wrote; a bound for what one message can cost. */
    private static final int LONGEST = 1000;

    private static final String BLOB = "\\[[^\\[\\]]*+\\][ ]*+";
    // Step 3: subj-leader without its WSP, which is stripped.
    private static final Pattern LEADER =
            Pattern.compile("(?:" + BLOB + ")*+(?:re|fwd?+)[ ]*+(?:" + BLOB + ")?+:", Pattern.CASE_INSENSITIVE);
    private static final Pattern BLOB_ALONE = Pattern.compile(BLOB);
    private static final String TRAILER = "(fwd)";
    private static final String FORWARD = "[fwd:";

    @Override
    public String toString() {
        return "BaseSubject[" + text.length() + " characters]";
    }

    /** From a subject whose encoded words are decoded (step 1). */
    public static BaseSubject of(String subject) {
        String cut = subject.length() > LONGEST ? subject.substring(0, LONGEST) : subject;
        String rest = cut.replaceAll("\\s+", " ").strip();
        boolean marked = false;
        while (true) {
            String untrailed = withoutTrailers(rest);
            marked |= untrailed.length() < rest.length();
            int[] taken = leaders(untrailed);
            marked |= taken[1] > 0;
            rest = untrailed.substring(taken[0]);
            if (!startsWith(rest, FORWARD) || !rest.endsWith("]")) {
                return new BaseSubject(rest, marked);
            }
            // Step 6: [fwd: ... ], and all from step 2 on again.
            rest = rest.substring(FORWARD.length(), rest.length() - 1).strip();
            marked = true;
        }
    }

    /** Steps 3 to 5: where the rest begins, and how many marks of replies and forwards stand before it. */
    private static int[] leaders(String subject) {
        int at = 0;
        int marks = 0;
        Matcher leader = LEADER.matcher(subject);
        Matcher blob = BLOB_ALONE.matcher(subject);
        while (true) {
            while (at < subject.length() && subject.charAt(at) == ' ') {
                at++;
            }
            if (leader.region(at, subject.length()).lookingAt()) {
                at = leader.end();
                marks++;
            } else if (blob.region(at, subject.length()).lookingAt() && blob.end() < subject.length()) {
                at = blob.end();
            } else {
                return new int[] {at, marks};
            }
        }
    }

    private static String withoutTrailers(String subject) {
        String rest = subject.stripTrailing();
        while (rest.regionMatches(true, rest.length() - TRAILER.length(), TRAILER, 0, TRAILER.length())) {
            rest = rest.substring(0, rest.length() - TRAILER.length()).stripTrailing();
        }
        return rest;
    }

    private static boolean startsWith(String text, String prefix) {
        return text.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
