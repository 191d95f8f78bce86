package org.therapost.domain.conversation;

import java.util.Collection;
import java.util.Set;

/**
 * Remembers whose a message identifier is, which does not show in it: two programs of one maker write the same domain, and a new
 * program another one than before.
 */
public interface KnownMessageIds {

    /**
     * Those of some identifiers, with their angle brackets, that the client of a thread knows: their mail brought them, or mail
     * left to them under them.
     */
    Set<String> known(ClientThread thread, Collection<String> ids) throws CannotTellException;
}
