package org.therapost.domain.exchangers;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Exchangers that a client's domain names and that are not pinned.
 *
 * @param since when they were first seen; they have been the same at each look since
 * @param seenAt when they were last seen
 * @param toldAt when the therapist was told of them, with their names
 */
public record NewExchangers(MailExchangers exchangers, Instant since, Instant seenAt, Optional<Instant> toldAt) {

    /** For how long they must have been the same since the therapist was told of them. */
    static final Duration THE_SAME_FOR = Duration.ofDays(3);

    /** Between two looks; after a longer pause nobody knows what was named meanwhile. */
    static final Duration LONGEST_UNSEEN = Duration.ofDays(1);

    /** After so long it is no mere moment's wrong answer of DNS. */
    static final Duration A_MOMENT = Duration.ofHours(4);

    /** Those that are seen now for the first time. */
    public static NewExchangers first(MailExchangers exchangers, Instant now) {
        return new NewExchangers(exchangers, now, now, Optional.empty());
    }

    /** The same, looked at once more. */
    NewExchangers seen(MailExchangers again, Instant now) {
        boolean same = exchangers.equals(again)
                && !now.isBefore(seenAt)
                && Duration.between(seenAt, now).compareTo(LONGEST_UNSEEN) <= 0;
        return same ? new NewExchangers(exchangers, since, now, toldAt) : first(again, now);
    }

    /** The same, and the therapist knows of them. */
    public NewExchangers told(Instant now) {
        return new NewExchangers(exchangers, since, seenAt, Optional.of(toldAt.orElse(now)));
    }

    /**
     * Whether they have proved themselves by now: the therapist knows of them, and since then they stayed the same and the
     * client wrote.
     *
     * @param lastMail when authenticated mail of the client was last accepted
     */
    boolean mayBeAdopted(Optional<Instant> lastMail) {
        return toldAt.filter(told -> Duration.between(told, seenAt).compareTo(THE_SAME_FOR) >= 0
                        && lastMail.filter(told::isBefore).isPresent())
                .isPresent();
    }

    /** Whether the therapist is to hear of them although mail still reaches the client. */
    boolean areNews() {
        return toldAt.isEmpty() && Duration.between(since, seenAt).compareTo(A_MOMENT) >= 0;
    }
}
