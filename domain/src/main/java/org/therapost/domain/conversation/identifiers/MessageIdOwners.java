package org.therapost.domain.conversation.identifiers;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.ThreadId;

/** Knows which threads a message identifier belongs to. */
public interface MessageIdOwners {

    /**
     * In which of some threads identifiers, with their angle brackets, name a message: one that the client knows
     * ({@link KnownMessageIds}), or one that the therapist wrote, as her own program knows it.
     *
     * @return the threads of each identifier that names a message in one of them at least; there may be several
     */
    Map<String, Set<ThreadId>> holders(Collection<ClientThread> among, Collection<String> ids)
            throws CannotTellException;
}
