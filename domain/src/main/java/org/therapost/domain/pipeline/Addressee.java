package org.therapost.domain.pipeline;

import org.therapost.domain.conversation.ClientThread;

/** To whom a therapist writes. */
public sealed interface Addressee {

    /** The client of a thread. */
    record OfThread(ClientThread thread) implements Addressee {}

    /** The office: the server itself. */
    record TheOffice() implements Addressee {}

    /** Whether both are the same. */
    default boolean same(Addressee other) {
        return this instanceof OfThread one
                ? other instanceof OfThread that
                        && one.thread().id().equals(that.thread().id())
                : other instanceof TheOffice;
    }
}
