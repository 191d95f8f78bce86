package org.therapost.protocols.imap.ordering;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message and those below it; or, without a message, the place of one that is not there. */
final class ThreadNode {

    private final List<ThreadNode> children = new ArrayList<>();
    private @Nullable SortedMessage message;
    private @Nullable ThreadNode parent;

    ThreadNode(@Nullable SortedMessage message) {
        this.message = message;
    }

    /** The message's UID; 0 if there is none. */
    public long uid() {
        return message == null ? 0 : message.uid();
    }

    /** By the date on which they were sent. */
    public List<ThreadNode> children() {
        return children;
    }

    @Nullable
    SortedMessage message() {
        return message;
    }

    @Nullable
    ThreadNode parent() {
        return parent;
    }

    boolean isDummy() {
        return message == null;
    }

    void take(SortedMessage found) {
        message = found;
    }

    void add(ThreadNode child) {
        children.add(child);
        child.parent = this;
    }

    void leaveParent() {
        if (parent != null) {
            parent.children.remove(this);
            parent = null;
        }
    }

    /** Whether this is the other node, or stands somewhere below it. */
    boolean isWithin(ThreadNode other) {
        if (other.children.isEmpty()) {
            return this == other;
        }
        for (ThreadNode node = this; node != null; node = node.parent) {
            if (node == other) {
                return true;
            }
        }
        return false;
    }

    /** Of a place without a message: that of its first child, whose children are sorted by then. */
    SortedMessage representative() {
        ThreadNode node = this;
        while (node.message == null) {
            node = node.children.get(0);
        }
        return node.message;
    }

    @Override
    public String toString() {
        return "ThreadNode[" + uid() + "]";
    }
}
