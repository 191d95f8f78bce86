package org.therapost.mailets.traits;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The lines of a text that its author wrote now: without quotations, the lines that introduce them, and the signature. */
final class NewTextExtractor {

    private static final int LINES = 20_000;

    /** Characters of a line that is looked at for marks; longer ones are somebody's words. */
    private static final int MARK = 300;

    private static final Pattern INTRODUCTION = Pattern.compile(
            "(?iu)(on .{4,250} wrote|am .{4,250} schrieb.{0,80}|le .{4,250} a écrit|op .{4,250} schreef.{0,80}"
                    + "|el .{4,250} escribió)\\s?:");
    private static final Pattern BEGINS_INTRODUCTION = Pattern.compile("(?iu)(on|am|le|op|el) .*[\\d@].*");
    private static final Pattern ORIGINAL = Pattern.compile("(?iu)-{2,}\\s*(original message|forwarded message"
            + "|ursprüngliche nachricht|weitergeleitete nachricht|message d'origine|message original"
            + "|oorspronkelijk bericht|mensaje original)\\s*-{2,}");
    private static final Pattern RULE = Pattern.compile("_{20,}");
    private static final Pattern FROM = Pattern.compile("(?iu)\\*?(from|von|de|van)\\s?:\\*?\\s?.+");
    private static final Pattern SENT =
            Pattern.compile("(?iu)\\*?(sent|date|gesendet|datum|envoyé|verzonden|enviado|fecha)( le| el)?\\s?:\\*?.+");

    private NewTextExtractor() {}

    /** The author's own lines, blank ones left out. */
    static List<String> lines(String text) {
        List<String> all = text.lines().limit(LINES).map(String::strip).toList();
        List<String> own = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            String line = all.get(i);
            String next = i + 1 < all.size() ? all.get(i + 1) : "";
            // "-- " has lost its space to strip().
            if (line.equals("--") || endsText(line, next)) {
                break;
            }
            if (introduces(line)) {
                continue;
            }
            if (BEGINS_INTRODUCTION.matcher(cut(line)).matches() && introduces(line + " " + next)) {
                i++;
                continue;
            }
            if (!line.isEmpty() && !line.startsWith(">")) {
                own.add(line);
            }
        }
        return own;
    }

    private static boolean introduces(String line) {
        return line.length() <= MARK && INTRODUCTION.matcher(line).matches();
    }

    private static boolean endsText(String line, String next) {
        String start = cut(line);
        return ORIGINAL.matcher(start).matches()
                || (RULE.matcher(start).matches() && FROM.matcher(cut(next)).matches())
                || (FROM.matcher(start).matches() && SENT.matcher(cut(next)).matches());
    }

    private static String cut(String line) {
        return line.length() > MARK ? line.substring(0, MARK) : line;
    }

    /** Words of lines: what stands between spaces and has a letter or a digit. */
    static int count(List<String> lines) {
        int words = 0;
        for (String line : lines) {
            boolean inside = false;
            boolean counted = false;
            for (int i = 0; i < line.length(); i++) {
                char character = line.charAt(i);
                inside = !Character.isWhitespace(character) && character != '\u00A0';
                counted &= inside;
                if (inside && !counted && Character.isLetterOrDigit(character)) {
                    counted = true;
                    words++;
                }
            }
        }
        return words;
    }
}
