package org.therapost.domain.sessions.model;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a cycle of asynchronous work.
 *
 * @param lastClientMail the newest client mail of all, if there was any
 * @param cutOff the end of the exchange that {@code state} is about
 * @param replyBy when the therapist's answer is due
 * @param told which of the reminders and receipts of this exchange have gone out
 * @param words what the client wrote in this exchange, without quoted text and signature
 * @param newDate for a late answer, if the therapist set one
 * @param next what the client wrote after the cut-off, while the answer is still due
 */
public record Cycle(
        State state,
        Optional<Instant> lastClientMail,
        Optional<Instant> cutOff,
        Optional<Instant> replyBy,
        int told,
        int words,
        Optional<Instant> newDate,
        Optional<Next> next) {

    /**
     * The cycle after this one, if it began before this one was answered.
     *
     * @param told as in {@link Cycle}
     */
    public record Next(Instant cutOff, Instant replyBy, int told, int words) {}

    /** The states of a cycle. */
    public enum State {
        AWAITING_CLIENT,
        RECEIVED,
        AWAITING_THERAPIST,
        REPLIED,
        CLIENT_SILENT,
        OVERDUE,
        DORMANT
    }
}
