package org.therapost.protocols.imap.ordering;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * THREAD=REFERENCES (RFC 5256 section 3): who answers whom by identifiers, and where these lead nowhere, by equal base
 * subjects. Without recursion, because a sender decides how deep a thread is.
 */
final class ReferencesThreading {

    private static final Comparator<ThreadNode> BY_DATE = Comparator.comparing(
                    (ThreadNode node) -> node.representative().sent())
            .thenComparingLong(node -> node.representative().uid());

    private final Map<String, ThreadNode> byId = new HashMap<>();
    private final List<ThreadNode> all = new ArrayList<>();

    private ReferencesThreading() {}

    /** Threads of messages, which come in the order of the folder; each thread once, each message once. */
    public static List<ThreadNode> threads(List<SortedMessage> messages) {
        ReferencesThreading references = new ReferencesThreading();
        for (SortedMessage message : messages) {
            references.link(message);
        }
        ThreadNode root = references.root();
        prune(root);
        sort(root);
        gather(root);
        sort(root);
        return root.children();
    }

    /** Step 1. */
    private void link(SortedMessage message) {
        ThreadNode above = null;
        for (String id : message.references()) {
            ThreadNode named = node(id);
            // A: links that are there stay; none may lead back to itself.
            if (above != null && named.parent() == null && !above.isWithin(named)) {
                above.add(named);
            }
            above = named;
        }
        ThreadNode own = place(message);
        // B: what the message itself says is better than what others have said of it.
        if (own.parent() != above) {
            own.leaveParent();
            if (above != null && !above.isWithin(own)) {
                above.add(own);
            }
        }
    }

    private ThreadNode node(String id) {
        return byId.computeIfAbsent(id, unseen -> created(new ThreadNode(null)));
    }

    /** The second message of one identifier, and one without, are messages that nobody can refer to. */
    private ThreadNode place(SortedMessage message) {
        ThreadNode node = message.id().isEmpty() ? created(new ThreadNode(null)) : node(message.id());
        if (!node.isDummy()) {
            node = created(new ThreadNode(null));
        }
        node.take(message);
        return node;
    }

    private ThreadNode created(ThreadNode node) {
        all.add(node);
        return node;
    }

    /** Step 2. */
    private ThreadNode root() {
        ThreadNode root = new ThreadNode(null);
        for (ThreadNode node : all) {
            if (node.parent() == null) {
                root.add(node);
            }
        }
        return root;
    }

    /** Nodes below the root, those above before those below. */
    private static List<ThreadNode> downwards(ThreadNode root) {
        List<ThreadNode> nodes = new ArrayList<>(root.children());
        for (int i = 0; i < nodes.size(); i++) {
            nodes.addAll(nodes.get(i).children());
        }
        return nodes;
    }

    private static List<ThreadNode> upwards(ThreadNode root) {
        List<ThreadNode> nodes = downwards(root);
        Collections.reverse(nodes);
        nodes.add(root);
        return nodes;
    }

    /** Step 3: places without a message go, and what stood below them moves up, but not beside other threads. */
    private static void prune(ThreadNode root) {
        for (ThreadNode node : upwards(root)) {
            List<ThreadNode> kept = new ArrayList<>();
            for (ThreadNode child : List.copyOf(node.children())) {
                boolean moves =
                        child.isDummy() && (node != root || child.children().size() < 2);
                if (moves) {
                    kept.addAll(child.children());
                } else {
                    kept.add(child);
                }
            }
            node.children().clear();
            kept.forEach(node::add);
        }
    }

    /** Steps 4 and 6. */
    private static void sort(ThreadNode root) {
        for (ThreadNode node : upwards(root)) {
            node.children().sort(BY_DATE);
        }
    }

    /** Step 5. */
    private static void gather(ThreadNode root) {
        Map<String, ThreadNode> bySubject = new HashMap<>();
        for (ThreadNode node : root.children()) {
            String subject = node.representative().subject();
            ThreadNode known = bySubject.get(subject);
            boolean better =
                    known == null || (!known.isDummy() && (node.isDummy() || (isReply(known) && !isReply(node))));
            if (!subject.isEmpty() && better) {
                bySubject.put(subject, node);
            }
        }
        List<ThreadNode> gathered = new ArrayList<>();
        Map<ThreadNode, Integer> places = new HashMap<>();
        for (ThreadNode node : List.copyOf(root.children())) {
            ThreadNode with = bySubject.getOrDefault(node.representative().subject(), node);
            if (with == node) {
                places.put(node, gathered.size());
                gathered.add(node);
            } else if (with.isDummy()) {
                (node.isDummy() ? List.copyOf(node.children()) : List.of(node)).forEach(with::add);
            } else if (isReply(node) && !isReply(with)) {
                with.add(node);
            } else {
                // Of two that are alike, the one in the table stood before.
                ThreadNode both = new ThreadNode(null);
                bySubject.put(node.representative().subject(), both);
                gathered.set(requireNonNull(places.get(with)), both);
                both.add(with);
                both.add(node);
            }
        }
        root.children().clear();
        gathered.forEach(root::add);
    }

    private static boolean isReply(ThreadNode node) {
        SortedMessage message = node.message();
        return message != null && message.replyOrForward();
    }
}
