package org.therapost.bench.load;

/**
 * What is sent in one round.
 *
 * @param size octets of each message, header section included
 * @param messages in total, over all sessions
 * @param sessions SMTP sessions at the same time
 * @param perConnection messages after which a session says QUIT and connects anew
 * @param mailboxes recipients over which the sessions are spread
 */
public record Load(int size, int messages, int sessions, int perConnection, int mailboxes) {

    public Load {
        if (size < LoadText.SMALLEST
                || Math.min(messages, Math.min(sessions, Math.min(perConnection, mailboxes))) < 1) {
            throw new IllegalArgumentException(
                    "A load needs messages of at least " + LoadText.SMALLEST + " octets, and one of everything else");
        }
    }

    public Load withMessages(int count) {
        return new Load(size, count, sessions, perConnection, mailboxes);
    }

    /** "2 KiB". */
    public String sizeName() {
        return size % 1024 == 0 ? size / 1024 + " KiB" : size + " octets";
    }
}
