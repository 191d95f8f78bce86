package org.therapost.storage.james.queue;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.james.queue.api.ManageableMailQueue.MailQueueItemView;
import org.apache.james.queue.api.ManageableMailQueue.MailQueueIterator;

/** Shows items one by one, so that one message at a time is in memory; passes over what has left meanwhile. */
final class QueueBrowser implements MailQueueIterator, AutoCloseable {

    private final Iterator<UUID> ids;
    private final Function<UUID, Optional<MailQueueItemView>> view;
    private Optional<MailQueueItemView> ahead = Optional.empty();

    QueueBrowser(Iterator<UUID> ids, Function<UUID, Optional<MailQueueItemView>> view) {
        this.ids = ids;
        this.view = view;
    }

    @Override
    public boolean hasNext() {
        while (ahead.isEmpty() && ids.hasNext()) {
            ahead = view.apply(ids.next());
        }
        return ahead.isPresent();
    }

    @Override
    public MailQueueItemView next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        MailQueueItemView next = ahead.orElseThrow();
        ahead = Optional.empty();
        return next;
    }

    @Override
    public void close() {
        ahead = Optional.empty();
    }
}
