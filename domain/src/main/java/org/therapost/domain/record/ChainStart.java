package org.therapost.domain.record;

import java.time.Instant;
import java.util.Optional;

/**
 * Since when the messages of a thread are chained.
 *
 * @param at when those were chained that had been accepted before; empty if every message was chained as it was accepted
 * @param messages how many had been accepted before
 */
public record ChainStart(Optional<Instant> at, long messages) {

    /** Every message was chained as it was accepted. */
    public static final ChainStart FROM_THE_FIRST = new ChainStart(Optional.empty(), 0);
}
