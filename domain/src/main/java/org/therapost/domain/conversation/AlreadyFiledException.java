package org.therapost.domain.conversation;

import org.therapost.domain.conversation.identifiers.StableMessageIds;

/**
 * A message is in the record already, under its name ({@link StableMessageIds}): its sender hands it over again. Nothing was
 * changed. The journeys answer as they did the first time; it leaves none of them.
 */
public final class AlreadyFiledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AlreadyFiledException() {
        super("filed before", null, false, false);
    }
}
