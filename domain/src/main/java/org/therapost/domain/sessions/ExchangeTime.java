package org.therapost.domain.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What time brings about in the rhythm of letters. */
final class ExchangeTime {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration HOURS = Duration.ofHours(2);
    private static final Duration SILENCE = Duration.ofDays(28);

    private static final Set<Cycle.State> WITH_CLIENT =
            Set.of(Cycle.State.AWAITING_CLIENT, Cycle.State.REPLIED, Cycle.State.CLIENT_SILENT);

    private ExchangeTime() {}

    static List<Rule> rules() {
        return List.of(
                new Agreed(),
                new CutOff(),
                new ReceiptOwed(),
                new Reminder(DAY, Exchange.DAY_BEFORE),
                new Reminder(HOURS, Exchange.HOURS_BEFORE),
                new Overdue(),
                new Delayed(),
                new Dormant());
    }

    private static Optional<Cycle> in(Draft draft, Cycle.State... states) {
        return draft.cycle.filter(cycle -> List.of(states).contains(cycle.state()));
    }

    /** The terms begin or cease to have a cycle. */
    private static final class Agreed implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            Terms terms = draft.termsAt(draft.now);
            return terms.cycle().isPresent() == draft.cycle.isPresent() ? Optional.empty() : Optional.of(terms.since());
        }

        @Override
        public void happen(Draft draft, Instant at) {
            Terms agreed = draft.termsAt(draft.now);
            draft.cycle = agreed.cycle()
                    .map(terms -> Exchange.waiting(draft, Cycle.State.AWAITING_CLIENT, Optional.empty(), terms, at));
        }
    }

    private static final class CutOff implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            return in(draft, Cycle.State.AWAITING_CLIENT, Cycle.State.REPLIED, Cycle.State.RECEIVED)
                    .flatMap(Cycle::cutOff);
        }

        @Override
        public void happen(Draft draft, Instant at) {
            Cycle cycle = draft.cycle.orElseThrow();
            boolean wrote = (cycle.told() & Exchange.LETTER) != 0;
            if (cycle.state() == Cycle.State.RECEIVED) {
                draft.cycle =
                        Optional.of(Exchange.change(cycle, Cycle.State.AWAITING_THERAPIST, cycle.lastClientMail()));
            } else if (wrote) {
                // The cycle was answered before its cut-off, so the next cycle begins.
                draft.cycle = Exchange.terms(draft, at)
                        .map(terms -> Exchange.waiting(draft, Cycle.State.REPLIED, cycle.lastClientMail(), terms, at));
            } else {
                draft.cycle = Optional.of(Exchange.change(cycle, Cycle.State.CLIENT_SILENT, cycle.lastClientMail()));
            }
        }
    }

    /** A message came within an hour of another notice, so its receipt had to wait. */
    private static final class ReceiptOwed implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            return owed(draft).isPresent() || owedOfNext(draft).isPresent()
                    ? Telling.anHourLater(draft)
                    : Optional.empty();
        }

        private static Optional<Cycle> owed(Draft draft) {
            return in(draft, Cycle.State.RECEIVED, Cycle.State.AWAITING_THERAPIST)
                    .filter(cycle -> isOwed(cycle.told()));
        }

        private static Optional<Cycle> owedOfNext(Draft draft) {
            return in(draft, Cycle.State.AWAITING_THERAPIST, Cycle.State.OVERDUE)
                    .filter(cycle ->
                            cycle.next().filter(next -> isOwed(next.told())).isPresent());
        }

        private static boolean isOwed(int told) {
            return (told & Exchange.LETTER) != 0 && (told & Exchange.RECEIPT) == 0;
        }

        @Override
        public void happen(Draft draft, Instant at) {
            // The receipt is for the message that the client wrote last.
            boolean ofNext = owedOfNext(draft).isPresent();
            Cycle cycle = draft.cycle.orElseThrow();
            Instant due = ofNext
                    ? cycle.next().orElseThrow().replyBy()
                    : cycle.replyBy().orElseThrow();
            ClientNotice receipt =
                    new ClientNotice.Receipt(cycle.lastClientMail().orElse(at), due, ofNext);
            Telling.closedPeriod(draft, receipt, Optional.empty(), at);
            Cycle told = Exchange.told(cycle, Exchange.RECEIPT);
            draft.cycle = Optional.of(ofNext ? Exchange.toldOfNext(told, Exchange.RECEIPT) : told);
        }
    }

    private record Reminder(Duration before, int bit) implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            return in(draft, Cycle.State.RECEIVED, Cycle.State.AWAITING_THERAPIST)
                    .filter(cycle -> (cycle.told() & bit) == 0)
                    .flatMap(Cycle::replyBy)
                    .map(replyBy -> replyBy.minus(before));
        }

        @Override
        public void happen(Draft draft, Instant at) {
            Cycle cycle = draft.cycle.orElseThrow();
            draft.tell(new TherapistNote.ReplyDue(cycle.replyBy().orElseThrow(), before));
            draft.cycle = Optional.of(Exchange.told(cycle, bit));
        }
    }

    private static final class Overdue implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            return in(draft, Cycle.State.AWAITING_THERAPIST).flatMap(Cycle::replyBy);
        }

        @Override
        public void happen(Draft draft, Instant at) {
            Cycle cycle = draft.cycle.orElseThrow();
            draft.cycle = Optional.of(Exchange.change(cycle, Cycle.State.OVERDUE, cycle.lastClientMail()));
            draft.tell(new TherapistNote.Overdue(cycle.replyBy().orElseThrow()));
        }
    }

    private static final class Delayed implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            return in(draft, Cycle.State.OVERDUE)
                    .filter(cycle -> (cycle.told() & Exchange.DELAYED) == 0)
                    .flatMap(cycle -> cycle.newDate().flatMap(date -> cycle.replyBy()
                            .map(replyBy -> replyBy.plus(DAY))
                            .filter(date::isAfter)));
        }

        @Override
        public void happen(Draft draft, Instant at) {
            Cycle cycle = draft.cycle.orElseThrow();
            draft.cycle = Optional.of(Exchange.told(cycle, Exchange.DELAYED));
            draft.tell(new ClientNotice.Delayed(cycle.newDate().orElseThrow()));
        }
    }

    private static final class Dormant implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            return draft.cycle
                    .filter(cycle -> WITH_CLIENT.contains(cycle.state()))
                    .map(cycle -> last(draft, cycle).plus(SILENCE));
        }

        private static Instant last(Draft draft, Cycle cycle) {
            return cycle.lastClientMail().orElse(draft.termsAt(draft.now).since());
        }

        @Override
        public void happen(Draft draft, Instant at) {
            Cycle cycle = draft.cycle.orElseThrow();
            draft.cycle = Optional.of(Exchange.change(cycle, Cycle.State.DORMANT, cycle.lastClientMail()));
            draft.tell(new TherapistNote.Dormant(last(draft, cycle)));
        }
    }
}
