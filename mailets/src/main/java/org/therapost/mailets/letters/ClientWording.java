package org.therapost.mailets.letters;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.domain.sessions.model.WindowKind;

/**
 * What a notice says to a client, in their language and their zone. It has no access to anything about the thread, its
 * people or the client's mail, so that none of it can slip in.
 */
final class ClientWording {

    private final WordingPhrases wordingPhrases;
    private final ClientSettings client;
    private final WallClock clock;

    ClientWording(WordingPhrases wordingPhrases, ClientSettings client) {
        this.wordingPhrases = wordingPhrases;
        this.client = client;
        this.clock = WallClock.of(client.zone());
    }

    Wording of(ClientLetter notice) {
        Wording wording = aboutMail(notice)
                .or(() -> aboutTimes(notice))
                .or(() -> aboutCalendar(notice))
                .orElseThrow(() -> new IllegalStateException("no wording for " + notice.getClass()));
        // Who is invited, or told of ten minutes more, waits for nothing.
        boolean waits = !(notice instanceof ClientLetter.Invitation
                || notice instanceof ClientLetter.Change
                || notice instanceof ClientLetter.OpenedNow
                || notice instanceof ClientLetter.Extended);
        return waits ? wording.and(crisis()) : wording;
    }

    /** What the appointment is called in the client's calendar. */
    String calendarSummary() {
        return wordingPhrases.text("invitation.summary");
    }

    private String crisis() {
        return client.crisis() == ClientSettings.Crisis.OPEN
                ? client.crisisText().orElseGet(() -> wordingPhrases.text("crisis.pointer"))
                : wordingPhrases.text("crisis.pointer");
    }

    private Optional<Wording> aboutMail(ClientLetter notice) {
        if (notice instanceof ClientLetter.Held held) {
            return say(
                    "held",
                    wordingPhrases.text(
                            "held.text", Map.of("arrived", at(held.arrived()), "passedOn", at(held.passedOn()))),
                    wordingPhrases.text("about-the-time"));
        }
        if (notice instanceof ClientLetter.Delivered delivered) {
            return say("delivered", delivered(delivered));
        }
        if (notice instanceof ClientLetter.Returned returned) {
            return say("returned", returned(returned), next(returned), wordingPhrases.text("about-the-time"));
        }
        if (notice instanceof ClientLetter.Receipt receipt) {
            String key =
                    receipt.cycle() == ClientLetter.Receipt.For.NEXT_CYCLE ? "receipt.counts-for-next" : "receipt.text";
            return say(
                    "receipt",
                    wordingPhrases.text(
                            key, Map.of("arrived", at(receipt.arrived()), "replyBy", at(receipt.replyBy()))));
        }
        if (notice instanceof ClientLetter.OtherMailbox other) {
            return say(
                    "other-mailbox", wordingPhrases.text("other-mailbox.text", Map.of("arrived", at(other.arrived()))));
        }
        return Optional.empty();
    }

    private Optional<Wording> aboutTimes(ClientLetter notice) {
        if (notice instanceof ClientLetter.Moved moved) {
            return say(
                    "moved",
                    moved.passedOn()
                            .map(when -> wordingPhrases.text("moved.with-date", Map.of("passedOn", at(when))))
                            .orElseGet(() -> wordingPhrases.text("moved.now")));
        }
        if (notice instanceof ClientLetter.OpenedNow opened) {
            return say("opened-now", wordingPhrases.text("opened-now.text", Map.of("closes", at(opened.closes()))));
        }
        if (notice instanceof ClientLetter.Extended extended) {
            return say("extended", wordingPhrases.text("extended.text", Map.of("closes", at(extended.closes()))));
        }
        if (notice instanceof ClientLetter.Disturbed disturbed) {
            String key =
                    switch (disturbed.how()) {
                        case BEGAN_LATE -> "disturbed.late";
                        case DID_NOT_TAKE_PLACE -> "disturbed.missed";
                    };
            return say("disturbed", wordingPhrases.text(key, Map.of("planned", at(disturbed.planned()))));
        }
        if (notice instanceof ClientLetter.ClocksChange change) {
            return say("clocks-change", wordingPhrases.text("clocks-change.text", Map.of("first", at(change.first()))));
        }
        if (notice instanceof ClientLetter.Delayed delayed) {
            return say("delayed", wordingPhrases.text("delayed.text", Map.of("replyBy", at(delayed.replyBy()))));
        }
        return Optional.empty();
    }

    private Optional<Wording> aboutCalendar(ClientLetter notice) {
        if (notice instanceof ClientLetter.Invitation invitation) {
            return Optional.of(invitation(invitation));
        }
        if (notice instanceof ClientLetter.Change change) {
            return Optional.of(change(change));
        }
        if (notice instanceof ClientLetter.Cancellation cancellation) {
            boolean one =
                    cancellation.instance().flatMap(key -> key.recurrenceId()).isPresent()
                            || !cancellation.series().repeats();
            String key = one ? "cancellation.one" : "cancellation.all";
            return say("cancellation", wordingPhrases.text(key, Map.of("opensAt", at(cancellation.opensAt()))));
        }
        return Optional.empty();
    }

    /** How long the instance is that begins then: one of its own, or as all. */
    private static Duration length(Series series, Instant start) {
        return series.moved().values().stream()
                .filter(instance -> instance.zone().instant(instance.start()).equals(start))
                .map(Series.Instance::length)
                .findFirst()
                .orElse(series.length());
    }

    private Wording invitation(ClientLetter.Invitation invitation) {
        Series series = invitation.series();
        String dates = dates(series, invitation.upcoming());
        if (!invitation.asks()) {
            return new Wording(wordingPhrases.text("hours.subject"), List.of(wordingPhrases.text("hours.text"), dates));
        }
        String key = series.repeats() ? "invitation.several" : "invitation.one";
        return new Wording(
                wordingPhrases.text("invitation.subject"),
                List.of(wordingPhrases.text(key), dates, wordingPhrases.text("invitation.answer")));
    }

    private Wording change(ClientLetter.Change change) {
        List<String> lines = new ArrayList<>();
        change.moved()
                .forEach(shift -> lines.add(wordingPhrases.text(
                        "change.moved", Map.of("from", span(shift.from()), "to", span(shift.to())))));
        boolean onwards = change.rest() == ClientLetter.Rest.CANCELLED;
        change.cancelled()
                .forEach(opens -> lines.add(wordingPhrases.text(
                        onwards ? "change.cancelled-onwards" : "change.cancelled", Map.of("opensAt", at(opens)))));
        change.added()
                .forEach(opens -> lines.add(wordingPhrases.text(
                        "change.added",
                        Map.of("opensAt", wordingPhrases.span(opens, length(change.series(), opens), clock)))));
        if (change.rest() == ClientLetter.Rest.STAY) {
            lines.add(wordingPhrases.text("change.rest-stays"));
        }
        List<String> paragraphs = new ArrayList<>();
        if (!lines.isEmpty()) {
            paragraphs.add(String.join("\n", lines));
        }
        if (change.rest() == ClientLetter.Rest.ANEW) {
            paragraphs.add(wordingPhrases.text("change.anew") + "\n" + dates(change.series(), change.upcoming()));
        }
        boolean more = !change.moved().isEmpty() || !change.added().isEmpty();
        if (change.asks() && (more || change.rest() == ClientLetter.Rest.ANEW)) {
            paragraphs.add(wordingPhrases.text("invitation.answer"));
        }
        return new Wording(wordingPhrases.text(change.asks() ? "change.subject" : "hours.subject"), paragraphs);
    }

    private String dates(Series series, List<Instant> upcoming) {
        return String.join(
                "\n",
                upcoming.stream()
                        .map(when -> wordingPhrases.span(when, length(series, when), clock))
                        .toList());
    }

    private String span(TimeSpan span) {
        return wordingPhrases.span(span.from(), Duration.between(span.from(), span.until()), clock);
    }

    private String delivered(ClientLetter.Delivered delivered) {
        String arrived = at(delivered.arrived());
        if (delivered.next().isEmpty()) {
            return wordingPhrases.text("delivered.without-date", Map.of("arrived", arrived));
        }
        ClientLetter.Delivered.Next next = delivered.next().get();
        return next.kind() == WindowKind.HOURS
                ? wordingPhrases.text(
                        "delivered.in-hours",
                        Map.of("arrived", arrived, "due", at(next.span().until())))
                : wordingPhrases.text(
                        "delivered.at-appointment",
                        Map.of("arrived", arrived, "next", at(next.span().from())));
    }

    private String returned(ClientLetter.Returned returned) {
        if (returned.arrived().size() == 1) {
            return wordingPhrases.text(
                    "returned.one", Map.of("arrived", at(returned.arrived().get(0))));
        }
        return wordingPhrases.text("returned.several")
                + "\n"
                + String.join("\n", returned.arrived().stream().map(this::at).toList());
    }

    private String next(ClientLetter.Returned returned) {
        return returned.nextOpen()
                .map(open -> wordingPhrases.text("returned.next", Map.of("nextOpen", at(open))))
                .orElseGet(() -> wordingPhrases.text("returned.no-next"));
    }

    private Optional<Wording> say(String kind, String... paragraphs) {
        return Optional.of(new Wording(wordingPhrases.text(kind + ".subject"), List.of(paragraphs)));
    }

    private String at(Instant instant) {
        return wordingPhrases.moment(instant, clock);
    }
}
