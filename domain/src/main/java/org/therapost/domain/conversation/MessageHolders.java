package org.therapost.domain.conversation;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Knows which threads a message identifier belongs to. */
public interface MessageHolders {

    /**
     * In which of some threads identifiers, with their angle brackets, name a message: one that the client knows
     * ({@link KnownMessageIds}), or one that the therapist wrote, as her own program knows it.
     *
     * @return the threads of each identifier that names a message in one of them at least; there may be several
     */
    Map<String, Set<ThreadId>> holders(Collection<ClientThread> among, Collection<String> ids) throws CannotTellException;
}
