package org.therapost.domain.conversation.incoming;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a mail answers, as its header says (RFC 5322 section 3.6.4): identifiers with their angle brackets.
 *
 * @param inReplyTo the messages that it answers
 * @param references the conversation so far, the oldest first; some programs fill nothing else
 */
public record ReplyReferences(List<String> inReplyTo, List<String> references) {

    /** A new mail. */
    public static final ReplyReferences NOTHING = new ReplyReferences(List.of(), List.of());

    public ReplyReferences {
        inReplyTo = List.copyOf(inReplyTo);
        references = List.copyOf(references);
    }

    /** An answer to one message. */
    public static ReplyReferences to(String messageId) {
        return new ReplyReferences(List.of(messageId), List.of());
    }

    /** The conversation, the latest first. */
    public List<String> backwards() {
        List<String> backwards = new ArrayList<>(references);
        Collections.reverse(backwards);
        return backwards;
    }

    /** All identifiers. */
    public List<String> all() {
        List<String> all = new ArrayList<>(inReplyTo);
        all.addAll(references);
        return all;
    }

    @Override
    public String toString() {
        return "Answered[" + inReplyTo.size() + ", " + references.size() + "]";
    }
}
