package org.therapost.domain.conversation.identifiers;

import java.util.Collection;
import java.util.Set;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ClientThread;

/**
 * Remembers which message identifiers a client knows. The identifier itself does not tell: two programs of
 * one maker write the same domain, and a new program writes another one than the old.
 */
public interface KnownMessageIds {

    /**
     * Of the given identifiers, with their angle brackets, those that the client of a thread knows: from a
     * mail of theirs, or from a mail that was sent to them.
     */
    Set<String> known(ClientThread thread, Collection<String> ids) throws CannotTellException;
}
