package org.therapost.protocols.imap.ordering;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Message identifiers in the fields of RFC 5322 section 3.6.4. */
final class MessageIdFields {

    /** The nearest are enough: those further above are named by the messages between. A bound for what one message can cost. */
    private static final int MOST = 100;

    private MessageIdFields() {}

    /** The first identifier in a text; empty if there is none. */
    static String first(String text) {
        List<String> all = all(text, 1);
        return all.isEmpty() ? "" : all.get(0);
    }

    /** RFC 5256, REFERENCES, step 1: References, or the first identifier in In-Reply-To if that has none. */
    static List<String> above(String references, String inReplyTo) {
        List<String> all = all(references, Integer.MAX_VALUE);
        if (all.isEmpty()) {
            return all(inReplyTo, 1);
        }
        Set<String> each = new LinkedHashSet<>(all);
        List<String> distinct = new ArrayList<>(each);
        return distinct.size() > MOST ? distinct.subList(distinct.size() - MOST, distinct.size()) : distinct;
    }

    /** Quoting does not make a difference ({@code <"a"@b>} is {@code <a@b>}), case does. */
    private static List<String> all(String text, int most) {
        List<String> ids = new ArrayList<>();
        int open = text.indexOf('<');
        while (open >= 0 && ids.size() < most) {
            int close = text.indexOf('>', open);
            if (close < 0) {
                break;
            }
            String id = text.substring(open + 1, close).replaceAll("[\\s\"\\\\]", "");
            if (!id.isEmpty()) {
                ids.add(id);
            }
            open = text.indexOf('<', close);
        }
        return ids;
    }
}
