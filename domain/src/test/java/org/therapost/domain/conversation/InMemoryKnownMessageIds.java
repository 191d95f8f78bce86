package org.therapost.domain.conversation;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.therapost.domain.conversation.identifiers.KnownMessageIds;
import org.therapost.domain.conversation.identifiers.MessageIdOwners;
import org.therapost.domain.conversation.identifiers.MessageIdPseudonyms;
import org.therapost.domain.sealing.ServerKey;

/** What clients know, in memory. */
public final class InMemoryKnownMessageIds implements KnownMessageIds, MessageIdOwners {

    private final MessageIdPseudonyms marks = new MessageIdPseudonyms(new ServerKey(new byte[ServerKey.SIZE]));
    private final Set<UUID> known = new HashSet<>();

    /** Files a message. */
    public void file(Filing filing) {
        known.addAll(filing.known());
    }

    /** Posts a parcel, or releases one that waited. */
    public void post(Parcel parcel) {
        known.addAll(marks.of(parcel));
    }

    @Override
    public Set<String> known(ClientThread thread, Collection<String> ids) {
        Map<UUID, String> asked = marks.asked(thread, ids);
        return asked.keySet().stream().filter(known::contains).map(asked::get).collect(Collectors.toSet());
    }

    @Override
    public Map<String, Set<ThreadId>> holders(Collection<ClientThread> among, Collection<String> ids) {
        Map<UUID, MessageIdPseudonyms.Held> held = new HashMap<>(marks.held(among, ids));
        held.keySet().retainAll(known);
        return MessageIdPseudonyms.Held.byId(held.values());
    }
}
