package org.therapost.storage.james.content;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.therapost.storage.james.rows.MailboxMessageRow;

/** Walks through a range of a folder, page by page: a folder of any size takes the memory of one page. */
public final class MessageCursor implements Iterator<MailboxMessage> {

    public static final int PAGE = 200;

    /** Reads one page. */
    public interface Pages {
        List<MailboxMessageRow> read(long from, long to, int limit);
    }

    private final Pages pages;
    private final MessageContentLoader shelf;
    private final long to;
    private long from;
    private int left;
    private Iterator<MailboxMessage> page = List.<MailboxMessage>of().iterator();

    /** Begins before the first message. */
    public MessageCursor(Pages pages, MessageContentLoader shelf, long from, long to, int limit) {
        this.pages = pages;
        this.shelf = shelf;
        this.from = from;
        this.to = to;
        this.left = limit > 0 ? limit : Integer.MAX_VALUE;
    }

    @Override
    public boolean hasNext() {
        if (!page.hasNext() && left > 0 && from <= to) {
            int asked = Math.min(PAGE, left);
            List<MailboxMessageRow> rows = pages.read(from, to, asked);
            left = rows.size() < asked ? 0 : left - asked;
            if (!rows.isEmpty()) {
                from = rows.get(rows.size() - 1).uid() + 1;
            }
            page = rows.stream()
                    .<MailboxMessage>map(row -> new SealedMailboxMessage(row, shelf))
                    .toList()
                    .iterator();
        }
        return page.hasNext();
    }

    @Override
    public MailboxMessage next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }
}
