package org.therapost.domain.conversation;

import java.util.Collection;
import java.util.Set;

/**
 * Remembers which message identifiers a client knows: those that their mail brought, and those under which mail left to
 * them. Whose an identifier is does not show in it: two programs of one maker write the same domain, and a new program
 * another one than before.
 */
public interface KnownMessageIds {

    /** Those of some identifiers, with their angle brackets, that the client of a thread knows. */
    Set<String> known(ClientThread thread, Collection<String> ids) throws CannotTellException;
}
