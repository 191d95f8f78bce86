package org.therapost.domain.sessions.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a therapist orders about a thread, by a mail to the office or by the command line. */
public sealed interface SessionCommand {

    /** Open now, and release what is held. */
    record Open(Optional<Duration> length) implements SessionCommand {}

    /** Let the open window end later. */
    record Extend(Duration by) implements SessionCommand {}

    /** Propose a time without a calendar program. */
    record Propose(Instant opensAt, Optional<Duration> length) implements SessionCommand {}

    /** Cancel the next window, or the one that opens then. */
    record Cancel(Optional<Instant> opensAt) implements SessionCommand {}

    /** What is planned and what is held. */
    record List() implements SessionCommand {}

    /** Set a new date for a late answer. */
    record ReplyBy(Instant due) implements SessionCommand {}

    /** How commands are written. */
    record Help() implements SessionCommand {}
}
