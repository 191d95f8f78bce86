package org.therapost.mailets.letters;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.therapost.domain.sessions.ClientNotice;
import org.therapost.domain.sessions.ClientSettings;
import org.therapost.domain.sessions.Series;
import org.therapost.domain.sessions.TimeSpan;
import org.therapost.domain.sessions.WallClock;
import org.therapost.domain.sessions.WindowKind;

/**
 * What a notice says to a client, in their language and their zone. It has no access to anything about the thread, its
 * people or the client's mail, so that none of it can slip in.
 */
final class ClientWording {

    private final Phrases phrases;
    private final ClientSettings client;
    private final WallClock clock;

    ClientWording(Phrases phrases, ClientSettings client) {
        this.phrases = phrases;
        this.client = client;
        this.clock = WallClock.of(client.zone());
    }

    Wording of(ClientNotice notice) {
        Wording wording = aboutMail(notice)
                .or(() -> aboutTimes(notice))
                .or(() -> aboutCalendar(notice))
                .orElseThrow(() -> new IllegalStateException("no wording for " + notice.getClass()));
        // Who is invited, or told of ten minutes more, waits for nothing.
        boolean waits = !(notice instanceof ClientNotice.Invitation
                || notice instanceof ClientNotice.Change
                || notice instanceof ClientNotice.Extended);
        return waits ? wording.and(crisis()) : wording;
    }

    /** What the appointment is called in the client's calendar. */
    String calendarSummary() {
        return phrases.text("invitation.summary");
    }

    private String crisis() {
        return client.crisis() == ClientSettings.Crisis.OPEN
                ? client.crisisText().orElseGet(() -> phrases.text("crisis.pointer"))
                : phrases.text("crisis.pointer");
    }

    private Optional<Wording> aboutMail(ClientNotice notice) {
        if (notice instanceof ClientNotice.Held held) {
            return say(
                    "held",
                    phrases.text("held.text", Map.of("arrived", at(held.arrived()), "passedOn", at(held.passedOn()))),
                    phrases.text("about-the-time"));
        }
        if (notice instanceof ClientNotice.Delivered delivered) {
            return say("delivered", delivered(delivered));
        }
        if (notice instanceof ClientNotice.Returned returned) {
            return say("returned", returned(returned), next(returned), phrases.text("about-the-time"));
        }
        if (notice instanceof ClientNotice.Receipt receipt) {
            String key = receipt.belongsToNext() ? "receipt.counts-for-next" : "receipt.text";
            return say(
                    "receipt",
                    phrases.text(key, Map.of("arrived", at(receipt.arrived()), "replyBy", at(receipt.replyBy()))));
        }
        if (notice instanceof ClientNotice.OtherMailbox other) {
            return say("other-mailbox", phrases.text("other-mailbox.text", Map.of("arrived", at(other.arrived()))));
        }
        return Optional.empty();
    }

    private Optional<Wording> aboutTimes(ClientNotice notice) {
        if (notice instanceof ClientNotice.Moved moved) {
            return say(
                    "moved",
                    moved.passedOn()
                            .map(when -> phrases.text("moved.with-date", Map.of("passedOn", at(when))))
                            .orElseGet(() -> phrases.text("moved.now")));
        }
        if (notice instanceof ClientNotice.Extended extended) {
            return say("extended", phrases.text("extended.text", Map.of("closes", at(extended.closes()))));
        }
        if (notice instanceof ClientNotice.Disturbed disturbed) {
            String key = disturbed.missedAll() ? "disturbed.missed" : "disturbed.late";
            return say("disturbed", phrases.text(key, Map.of("planned", at(disturbed.planned()))));
        }
        if (notice instanceof ClientNotice.ClocksChange change) {
            return say("clocks-change", phrases.text("clocks-change.text", Map.of("first", at(change.first()))));
        }
        if (notice instanceof ClientNotice.Delayed delayed) {
            return say("delayed", phrases.text("delayed.text", Map.of("replyBy", at(delayed.replyBy()))));
        }
        return Optional.empty();
    }

    private Optional<Wording> aboutCalendar(ClientNotice notice) {
        if (notice instanceof ClientNotice.Invitation invitation) {
            return Optional.of(invitation(invitation));
        }
        if (notice instanceof ClientNotice.Change change) {
            return Optional.of(change(change));
        }
        if (notice instanceof ClientNotice.Cancellation cancellation) {
            boolean one =
                    cancellation.instance().flatMap(key -> key.recurrenceId()).isPresent()
                            || !cancellation.series().repeats();
            String key = one ? "cancellation.one" : "cancellation.all";
            return say("cancellation", phrases.text(key, Map.of("opensAt", at(cancellation.opensAt()))));
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

    private Wording invitation(ClientNotice.Invitation invitation) {
        Series series = invitation.series();
        String dates = dates(series, invitation.upcoming());
        if (!invitation.asks()) {
            return new Wording(phrases.text("hours.subject"), List.of(phrases.text("hours.text"), dates));
        }
        String key = series.repeats() ? "invitation.several" : "invitation.one";
        return new Wording(
                phrases.text("invitation.subject"),
                List.of(phrases.text(key), dates, phrases.text("invitation.answer")));
    }

    private Wording change(ClientNotice.Change change) {
        List<String> lines = new ArrayList<>();
        change.moved()
                .forEach(shift -> lines.add(
                        phrases.text("change.moved", Map.of("from", span(shift.from()), "to", span(shift.to())))));
        boolean onwards = change.rest() == ClientNotice.Rest.CANCELLED;
        change.cancelled()
                .forEach(opens -> lines.add(phrases.text(
                        onwards ? "change.cancelled-onwards" : "change.cancelled", Map.of("opensAt", at(opens)))));
        change.added()
                .forEach(opens -> lines.add(phrases.text(
                        "change.added",
                        Map.of("opensAt", phrases.span(opens, length(change.series(), opens), clock)))));
        if (change.rest() == ClientNotice.Rest.STAY) {
            lines.add(phrases.text("change.rest-stays"));
        }
        List<String> paragraphs = new ArrayList<>();
        if (!lines.isEmpty()) {
            paragraphs.add(String.join("\n", lines));
        }
        if (change.rest() == ClientNotice.Rest.ANEW) {
            paragraphs.add(phrases.text("change.anew") + "\n" + dates(change.series(), change.upcoming()));
        }
        boolean more = !change.moved().isEmpty() || !change.added().isEmpty();
        if (change.asks() && (more || change.rest() == ClientNotice.Rest.ANEW)) {
            paragraphs.add(phrases.text("invitation.answer"));
        }
        return new Wording(phrases.text(change.asks() ? "change.subject" : "hours.subject"), paragraphs);
    }

    private String dates(Series series, List<Instant> upcoming) {
        return String.join(
                "\n",
                upcoming.stream()
                        .map(when -> phrases.span(when, length(series, when), clock))
                        .toList());
    }

    private String span(TimeSpan span) {
        return phrases.span(span.from(), Duration.between(span.from(), span.until()), clock);
    }

    private String delivered(ClientNotice.Delivered delivered) {
        String arrived = at(delivered.arrived());
        if (delivered.next().isEmpty()) {
            return phrases.text("delivered.without-date", Map.of("arrived", arrived));
        }
        ClientNotice.Delivered.Next next = delivered.next().get();
        return next.kind() == WindowKind.HOURS
                ? phrases.text(
                        "delivered.in-hours",
                        Map.of("arrived", arrived, "due", at(next.span().until())))
                : phrases.text(
                        "delivered.at-appointment",
                        Map.of("arrived", arrived, "next", at(next.span().from())));
    }

    private String returned(ClientNotice.Returned returned) {
        if (returned.arrived().size() == 1) {
            return phrases.text(
                    "returned.one", Map.of("arrived", at(returned.arrived().get(0))));
        }
        return phrases.text("returned.several")
                + "\n"
                + String.join("\n", returned.arrived().stream().map(this::at).toList());
    }

    private String next(ClientNotice.Returned returned) {
        return returned.nextOpen()
                .map(open -> phrases.text("returned.next", Map.of("nextOpen", at(open))))
                .orElseGet(() -> phrases.text("returned.no-next"));
    }

    private Optional<Wording> say(String kind, String... paragraphs) {
        return Optional.of(new Wording(phrases.text(kind + ".subject"), List.of(paragraphs)));
    }

    private String at(Instant instant) {
        return phrases.moment(instant, clock);
    }
}
