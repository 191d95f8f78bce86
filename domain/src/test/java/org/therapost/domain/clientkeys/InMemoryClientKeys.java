package org.therapost.domain.clientkeys;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.conversation.Threads;

/** Clients' certificates in memory. */
public final class InMemoryClientKeys implements ClientKeys {

    private final Map<ThreadId, List<ClientKey>> keys = new HashMap<>();
    private final Threads threads;
    private final Clock clock;

    public InMemoryClientKeys(Threads threads, Clock clock) {
        this.threads = threads;
        this.clock = clock;
    }

    @Override
    public synchronized List<ClientKey> find(ThreadId thread) {
        return keys.getOrDefault(thread, List.of());
    }

    @Override
    public synchronized List<FiledMessage> change(ThreadId thread, Decision decision) throws CannotTellException {
        Change change = decision.decide(find(thread), clock.instant());
        List<FiledMessage> before =
                threads.filed(change.notes().stream().map(Filing::id).toList());
        if (!before.isEmpty()) {
            return before;
        }
        keys.put(thread, change.keys());
        return change.notes().isEmpty() ? List.of() : threads.file(change.notes(), List.of());
    }
}
