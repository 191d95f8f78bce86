package org.therapost.protocols.imap.ordering;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.mailbox.ModSeq;
import org.jspecify.annotations.Nullable;

/**
 * {@code SORT} or {@code THREAD} with its numbers (RFC 5256 section 4).
 *
 * @param text the untagged answer without its star
 */
record OrderResponse(String text) implements ImapResponseMessage {

    /**
     * @param number from a UID to what is told; 0 for what has none any more
     * @param modSeq the highest of those found, if MODSEQ was looked for (RFC 7162 section 7, {@code sort-data})
     */
    static OrderResponse sorted(Collection<Long> uids, LongUnaryOperator number, @Nullable ModSeq modSeq) {
        String numbers = uids.stream()
                .mapToLong(number::applyAsLong)
                .filter(told -> told > 0)
                .mapToObj(told -> " " + told)
                .collect(Collectors.joining());
        String highest = numbers.isEmpty() || modSeq == null ? "" : " (MODSEQ " + modSeq.asLong() + ")";
        return new OrderResponse("SORT" + numbers + highest);
    }

    /** A step of the walk: a thread with its parentheses, its members alone, or the end of one. */
    private record Step(@Nullable ThreadNode node, boolean opens) {}

    /** Without recursion: a chain of answers may be as long as the folder. */
    static OrderResponse threaded(List<ThreadNode> threads, LongUnaryOperator number) {
        StringBuilder text = new StringBuilder("THREAD");
        if (!threads.isEmpty()) {
            text.append(' ');
        }
        Deque<Step> steps = new ArrayDeque<>();
        opening(threads, steps);
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            ThreadNode node = step.node();
            if (node == null) {
                text.append(')');
            } else if (step.opens()) {
                text.append('(');
                steps.push(new Step(null, false));
                steps.push(new Step(node, false));
            } else {
                members(node, number, text, steps);
            }
        }
        return new OrderResponse(text.toString());
    }

    private static void members(ThreadNode node, LongUnaryOperator number, StringBuilder text, Deque<Step> steps) {
        long told = node.uid() == 0 ? 0 : number.applyAsLong(node.uid());
        if (told > 0) {
            space(text);
            text.append(told);
        }
        if (node.children().size() == 1) {
            steps.push(new Step(node.children().get(0), false));
        } else if (!node.children().isEmpty()) {
            space(text);
            opening(node.children(), steps);
        }
    }

    private static void space(StringBuilder text) {
        if (Character.isDigit(text.charAt(text.length() - 1))) {
            text.append(' ');
        }
    }

    private static void opening(List<ThreadNode> threads, Deque<Step> steps) {
        for (int i = threads.size() - 1; i >= 0; i--) {
            steps.push(new Step(threads.get(i), true));
        }
    }
}
