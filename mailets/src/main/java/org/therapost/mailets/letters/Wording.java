package org.therapost.mailets.letters;

import java.util.ArrayList;
import java.util.List;

/**
 * What a letter says, in words.
 *
 * @param paragraphs plain text; a line feed begins a new line
 */
record Wording(String subject, List<String> paragraphs) {

    Wording {
        paragraphs = List.copyOf(paragraphs);
    }

    Wording and(String paragraph) {
        List<String> more = new ArrayList<>(paragraphs);
        more.add(paragraph);
        return new Wording(subject, more);
    }
}
