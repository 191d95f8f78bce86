package org.therapost.mailets.letters;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.therapost.domain.sessions.ClientNotice;
import org.therapost.domain.sessions.ClientSettings;
import org.therapost.domain.sessions.Series;
import org.therapost.domain.sessions.WallClock;

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
        boolean waits = !(notice instanceof ClientNotice.Invitation || notice instanceof ClientNotice.Extended);
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
                    phrases.text("held.text", Map.of("arrived", at(held.arrived()), "passedOn", at(held.passedOn()))));
        }
        if (notice instanceof ClientNotice.AnswerDue answer) {
            return say("answer-due", arrived("answer-due", answer.arrived(), "due", answer.due()));
        }
        if (notice instanceof ClientNotice.Returned returned) {
            return say("returned", arrived("returned", returned.arrived(), "nextOpen", returned.nextOpen()));
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
            Series series = invitation.series();
            String dates = String.join(
                    "\n",
                    invitation.upcoming().stream()
                            .map(when -> phrases.span(when, length(series, when), clock))
                            .toList());
            String key = series.repeats() ? "invitation.several" : "invitation.one";
            return say("invitation", phrases.text(key), dates, phrases.text("invitation.answer"));
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

    private String arrived(String kind, Instant arrived, String what, Optional<Instant> when) {
        return when.map(instant -> phrases.text(kind + ".with-date", Map.of("arrived", at(arrived), what, at(instant))))
                .orElseGet(() -> phrases.text(kind + ".without-date", Map.of("arrived", at(arrived))));
    }

    private Optional<Wording> say(String kind, String... paragraphs) {
        return Optional.of(new Wording(phrases.text(kind + ".subject"), List.of(paragraphs)));
    }

    private String at(Instant instant) {
        return phrases.moment(instant, clock);
    }
}
