package org.therapost.storage.conversation;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.conversation.identifiers.KnownMessageIds;
import org.therapost.domain.conversation.identifiers.MessageIdOwners;
import org.therapost.domain.conversation.identifiers.MessageIdPseudonyms;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.KnownMessageIdRows;

/** The message identifiers that clients know, in PostgreSQL; they are written with the messages and parcels that tell them. */
public final class JooqKnownMessageIds implements KnownMessageIds, MessageIdOwners {

    private final Database database;
    private final MessageIdPseudonyms marks;

    public JooqKnownMessageIds(Database database, ServerKey serverKey) {
        this.database = database;
        this.marks = new MessageIdPseudonyms(serverKey);
    }

    @Override
    public Set<String> known(ClientThread thread, Collection<String> ids) throws CannotTellException {
        if (ids.isEmpty()) {
            return Set.of();
        }
        Map<UUID, String> asked = marks.asked(thread, ids);
        return database.ask(on -> KnownMessageIdRows.known(on, asked.keySet())).stream()
                .map(asked::get)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Map<String, Set<ThreadId>> holders(Collection<ClientThread> among, Collection<String> ids)
            throws CannotTellException {
        if (among.isEmpty() || ids.isEmpty()) {
            return Map.of();
        }
        Map<UUID, MessageIdPseudonyms.Held> held = marks.held(among, ids);
        Set<UUID> known = database.ask(on -> KnownMessageIdRows.known(on, held.keySet()));
        return MessageIdPseudonyms.Held.byId(known.stream()
                .map(mark -> Objects.requireNonNull(held.get(mark)))
                .toList());
    }
}
