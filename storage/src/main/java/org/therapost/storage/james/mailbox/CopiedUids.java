package org.therapost.storage.james.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;

/**
 * What became of which message in a COPY or MOVE (COPYUID, RFC 4315 section 3): left in the session for whoever answers, since James
 * hands on the new UIDs only.
 *
 * @param uids pairs of UIDs, in the order in which the new ones were given
 */
public record CopiedUids(List<Pair> uids) {

    private static final String ATTRIBUTE = "therapost.copied-uids";

    /** A message's UID in the folder it came from, and the one in the folder it came to. */
    public record Pair(long source, long target) {}

    static void add(MailboxSession session, List<MailboxMessage> originals, List<MessageMetaData> copies) {
        List<Pair> all = new ArrayList<>(takeFrom(session).map(CopiedUids::uids).orElse(List.of()));
        for (int i = 0; i < copies.size(); i++) {
            all.add(new Pair(
                    originals.get(i).getUid().asLong(), copies.get(i).getUid().asLong()));
        }
        session.getAttributes().put(ATTRIBUTE, new CopiedUids(all));
    }

    /** Takes what was left since the last time. */
    public static Optional<CopiedUids> takeFrom(MailboxSession session) {
        return Optional.ofNullable(session.getAttributes().remove(ATTRIBUTE)).map(CopiedUids.class::cast);
    }

    /** The UIDs in the folder that the messages came from, as a set of IMAP in the same order as {@link #targets()}. */
    public String sources() {
        return set(Pair::source);
    }

    public String targets() {
        return set(Pair::target);
    }

    private String set(Function<Pair, Long> uid) {
        StringBuilder set = new StringBuilder();
        for (int from = 0, to; from < uids.size(); from = to) {
            long first = uid.apply(uids.get(from));
            for (to = from + 1; to < uids.size() && uid.apply(uids.get(to)) == first + to - from; ) {
                to++;
            }
            set.append(set.isEmpty() ? "" : ",")
                    .append(first)
                    .append(to - from > 1 ? ":" + (first + to - from - 1) : "");
        }
        return set.toString();
    }
}
