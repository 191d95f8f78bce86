package org.therapost.mailets.letters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.letters.NoteContext;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.Window;

/** What a note says to a therapist, in their zone. */
final class TherapistWording {

    private static final Set<String> UTC = Set.of("UTC", "Etc/UTC", "GMT", "Etc/GMT");

    private final WordingPhrases wordingPhrases;
    private final WallClock clock;
    private final WallClock clientClock;
    private final EmailAddress office;
    private final EmailAddress thread;

    /**
     * @param office to which commands go
     * @param thread to which letters to the client go
     */
    TherapistWording(
            WordingPhrases wordingPhrases,
            Terms terms,
            ClientSettings client,
            EmailAddress office,
            EmailAddress thread) {
        this.wordingPhrases = wordingPhrases;
        this.office = office;
        this.thread = thread;
        this.clock = WallClock.of(terms.zone());
        this.clientClock = WallClock.of(client.zone());
    }

    /** What a note says, with what is to be said besides. */
    Wording of(TherapistNote note, NoteContext context) {
        Wording wording = of(note);
        boolean calendar = note instanceof TherapistNote.Confirmed
                || note instanceof TherapistNote.Cancelled
                || note instanceof TherapistNote.Unchanged
                || note instanceof TherapistNote.NotUnderstood;
        if (context.has(NoteContext.Remark.CLIENT_NOT_TOLD)
                && (calendar || note instanceof TherapistNote.CommandAnswer)) {
            wording = note instanceof TherapistNote.Confirmed
                    ? new Wording(wordingPhrases.text("confirmed.subject-waiting"), wording.paragraphs())
                    : wording;
            wording = wording.and(wordingPhrases.text("not-yet-told")).and(wordingPhrases.text("waiting.next"));
        }
        return context.has(NoteContext.Remark.WORDS_LEFT_OUT) && calendar
                ? wording.and(wordingPhrases.text("words-left-out", Map.of("thread", thread.value())))
                : wording;
    }

    private Wording of(TherapistNote note) {
        return aboutCalendar(note)
                .or(() -> aboutSession(note))
                .or(() -> aboutMail(note))
                .or(() -> aboutReply(note))
                .or(() -> aboutCommand(note))
                .orElseThrow(() -> new IllegalStateException("no wording for " + note.getClass()));
    }

    private Optional<Wording> aboutCalendar(TherapistNote note) {
        if (note instanceof TherapistNote.Confirmed confirmed) {
            return Optional.of(confirmed(confirmed));
        }
        if (note instanceof TherapistNote.Cancelled cancelled) {
            return Optional.of(cancelled
                    .opensAt()
                    .map(opens -> new Wording(
                            wordingPhrases.text("cancelled.subject-at", Map.of("when", soon(opens))),
                            List.of(wordingPhrases.text("cancelled.text"), both(opens, clock))))
                    .orElseGet(() -> words("cancelled", wordingPhrases.text("cancelled.nothing-ahead"))));
        }
        if (note instanceof TherapistNote.Unchanged unchanged) {
            return say(
                    "unchanged",
                    wordingPhrases.text(key("unchanged.", unchanged.cause())),
                    wordingPhrases.text("not-sent"));
        }
        if (note instanceof TherapistNote.NotUnderstood not) {
            Wording wording = words("not-understood", wordingPhrases.text(key("not-understood.", not.reason())));
            return Optional.of(not.detail()
                    .map(detail -> wording.and(wordingPhrases.text("not-understood.detail", Map.of("detail", detail))))
                    .orElse(wording)
                    .and(wordingPhrases.text("not-sent")));
        }
        if (note instanceof TherapistNote.ClocksChange change) {
            return say("clocks-change", wordingPhrases.text("clocks-change.text"), both(change.first(), clock));
        }
        if (note instanceof TherapistNote.Answered answered) {
            String text = wordingPhrases.text(key("answered.", answered.participation()));
            String subject = wordingPhrases.text(key("answered.subject-", answered.participation()));
            return Optional.of(answered.opensAt()
                    .map(opens -> new Wording(
                            wordingPhrases.text("subject-at", Map.of("subject", subject, "when", soon(opens))),
                            List.of(text, both(opens, clock))))
                    .orElseGet(() -> new Wording(subject, List.of(text))));
        }
        if (note instanceof TherapistNote.Countered countered) {
            return say(
                    "countered",
                    wordingPhrases.text("countered.text"),
                    both(countered.proposed(), clock),
                    wordingPhrases.text("countered.next"));
        }
        return Optional.empty();
    }

    private Wording confirmed(TherapistNote.Confirmed confirmed) {
        WallClock zone = confirmed.series().zone();
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(
                confirmed.upcoming().isEmpty()
                        ? wordingPhrases.text("confirmed.nothing-ahead")
                        : both(confirmed.upcoming().get(0), zone));
        if (confirmed.upcoming().size() > 1) {
            paragraphs.add(wordingPhrases.text("confirmed.more")
                    + "\n"
                    + lines(confirmed.upcoming().stream()
                            .skip(1)
                            .map(opens -> both(opens, zone))
                            .toList()));
        }
        if (confirmed.series().floating()) {
            paragraphs.add(wordingPhrases.text("confirmed.floating", Map.of("zone", zone.name())));
        }
        if (confirmed.has(TherapistNote.Confirmed.Mark.CLASHES)) {
            paragraphs.add(wordingPhrases.text("confirmed.clashes"));
        }
        return new Wording(
                wordingPhrases.text(
                        confirmed.has(TherapistNote.Confirmed.Mark.UPDATE)
                                ? "confirmed.subject-of-update"
                                : "confirmed.subject"),
                paragraphs);
    }

    private Optional<Wording> aboutSession(TherapistNote note) {
        if (note instanceof TherapistNote.Opened opened) {
            Wording wording =
                    words("opened", wordingPhrases.text("opened.text", Map.of("span", span(opened.window()))));
            if (!opened.window().is(Window.Mark.CONFIRMED)) {
                wording = wording.and(wordingPhrases.text("opened.unconfirmed"));
            }
            if (opened.start() == TherapistNote.Start.LATE) {
                wording = wording.and(wordingPhrases.text("opened.late"));
            }
            return Optional.of(
                    opened.released() == 0
                            ? wording
                            : wording.and(wordingPhrases.text(
                                    "opened.released", Map.of("count", number(opened.released())))));
        }
        if (note instanceof TherapistNote.ClientLate late) {
            return say("client-late", wordingPhrases.text("client-late.text", Map.of("span", span(late.window()))));
        }
        if (note instanceof TherapistNote.Summary summary) {
            return Optional.of(summary(summary.window()));
        }
        if (note instanceof TherapistNote.HoursOfWeek week) {
            return say(
                    "hours-of-week",
                    wordingPhrases.text(
                            "hours-of-week.text",
                            Map.of(
                                    "first", at(week.span().from()),
                                    "last", at(week.span().until()))),
                    counts(week.turns()));
        }
        if (note instanceof TherapistNote.NotGettingThrough not) {
            Wording wording = words("not-getting-through", wordingPhrases.text("not-getting-through.text"));
            return Optional.of(not.backUpPlan()
                    .map(plan -> wording.and(wordingPhrases.text("not-getting-through.plan", Map.of("plan", plan))))
                    .orElse(wording));
        }
        return Optional.empty();
    }

    private Wording summary(Window window) {
        Wording wording = words(
                "summary", wordingPhrases.text("summary.text", Map.of("span", span(window))), counts(window.turns()));
        if (window.is(Window.Mark.LATE)) {
            wording = wording.and(wordingPhrases.text("summary.late"));
        }
        return window.result().isPresent()
                ? wording.and(
                        wordingPhrases.text(key("summary.", window.result().get())))
                : wording;
    }

    private String counts(Window.Turns turns) {
        return wordingPhrases.text(
                "summary.counts",
                Map.of(
                        "byClient", number(turns.byClient()),
                        "byTherapist", number(turns.byTherapist()),
                        "words", number(turns.words())));
    }

    private Optional<Wording> aboutMail(TherapistNote note) {
        if (note instanceof TherapistNote.Holding holding) {
            return Optional.of(holding(holding));
        }
        if (note instanceof TherapistNote.Released released) {
            return say(
                    "released",
                    wordingPhrases.text(key("released.", released.why())),
                    wordingPhrases.text("released.count", Map.of("count", number(released.count()))));
        }
        if (note instanceof TherapistNote.WrittenInTime late) {
            return say(
                    "written-in-time",
                    wordingPhrases.text(
                            "written-in-time.text",
                            Map.of("written", at(late.written()), "arrived", at(late.arrived()))));
        }
        if (note instanceof TherapistNote.StillWaiting waiting) {
            return say(
                    "still-waiting",
                    wordingPhrases.text("still-waiting.text", Map.of("count", number(waiting.count()))),
                    wordingPhrases.text("still-waiting.next"));
        }
        if (note instanceof TherapistNote.NotProved) {
            return say("not-proved", wordingPhrases.text("not-proved.text"), wordingPhrases.text("not-proved.next"));
        }
        if (note instanceof TherapistNote.ManyWords many) {
            return say(
                    "many-words",
                    wordingPhrases.text(
                            "many-words.text", Map.of("words", number(many.words()), "limit", number(many.limit()))));
        }
        return Optional.empty();
    }

    private Wording holding(TherapistNote.Holding holding) {
        List<String> paragraphs = new ArrayList<>();
        holding.oldest()
                .ifPresent(oldest -> paragraphs.add(wordingPhrases.text(
                        "holding.text", Map.of("count", number(holding.count()), "oldest", at(oldest)))));
        holding.nextOpen()
                .ifPresent(open -> paragraphs.add(wordingPhrases.text(
                        holding.bySession() ? "holding.until" : "holding.at-the-latest",
                        Map.of("nextOpen", at(open)))));
        if (holding.count() > 0) {
            paragraphs.add(wordingPhrases.text("holding.command"));
        }
        if (holding.returned() > 0) {
            paragraphs.add(wordingPhrases.text("holding.returned", Map.of("count", number(holding.returned()))));
        }
        return new Wording(
                wordingPhrases.text(holding.count() > 0 ? "holding.subject" : "holding.subject-of-returned"),
                paragraphs);
    }

    private Optional<Wording> aboutReply(TherapistNote note) {
        if (note instanceof TherapistNote.ReplyDue due) {
            return say(
                    "reply-due",
                    wordingPhrases.text(
                            "reply-due.text",
                            Map.of(
                                    "replyBy", at(due.replyBy()),
                                    "hours", Long.toString(due.left().toHours()))));
        }
        if (note instanceof TherapistNote.Overdue overdue) {
            return say("overdue", wordingPhrases.text("overdue.text", Map.of("replyBy", at(overdue.replyBy()))));
        }
        if (note instanceof TherapistNote.Dormant dormant) {
            return say("dormant", wordingPhrases.text("dormant.text", Map.of("lastMail", at(dormant.lastMail()))));
        }
        return Optional.empty();
    }

    private Optional<Wording> aboutCommand(TherapistNote note) {
        if (!(note instanceof TherapistNote.CommandAnswer command)) {
            return Optional.empty();
        }
        Wording wording = words(
                "command", wordingPhrases.text(key("command.", command.answer()), Map.of("office", office.value())));
        if (command.answer() == TherapistNote.Answer.HELP) {
            return Optional.of(wording.and(wordingPhrases.text("not-sent")));
        }
        if (!command.windows().isEmpty()) {
            wording = wording.and(wordingPhrases.text("command.windows")
                    + "\n"
                    + lines(command.windows().stream().map(this::line).toList()));
        }
        if (!command.held().isEmpty()) {
            wording = wording.and(wordingPhrases.text("command.held")
                    + "\n"
                    + lines(command.held().stream()
                            .map(HeldMail::acceptedAt)
                            .map(this::at)
                            .toList()));
        }
        return Optional.of(wording);
    }

    private String line(Window window) {
        return wordingPhrases.text(
                "command.window",
                Map.of("span", span(window), "state", wordingPhrases.text(key("state.", window.state()))));
    }

    /** One moment on both sides, with the names of the zones. */
    private String both(Instant instant, WallClock ofEvent) {
        // Google tells single events in UTC, which is nobody's local time.
        boolean utc = ofEvent.definition().isEmpty() && UTC.contains(ofEvent.name());
        WallClock mine = utc ? clock : ofEvent;
        return wordingPhrases.text(
                "both",
                Map.of(
                        "mine", wordingPhrases.moment(instant, mine),
                        "myZone", mine.name(),
                        "theirs", wordingPhrases.moment(instant, clientClock),
                        "theirZone", clientClock.name()));
    }

    /** A moment as a subject names it. */
    private String soon(Instant instant) {
        return wordingPhrases.soon(instant, clock);
    }

    private String at(Instant instant) {
        return wordingPhrases.moment(instant, clock);
    }

    private String span(Window window) {
        return wordingPhrases.span(window.opensAt(), window.length(), clock);
    }

    private String number(int count) {
        return String.format(wordingPhrases.language(), "%,d", count);
    }

    private Wording words(String kind, String... paragraphs) {
        return new Wording(wordingPhrases.text(kind + ".subject"), List.of(paragraphs));
    }

    private Optional<Wording> say(String kind, String... paragraphs) {
        return Optional.of(words(kind, paragraphs));
    }

    private static String lines(List<String> lines) {
        return String.join("\n", lines);
    }

    private static String key(String prefix, Enum<?> value) {
        return prefix + value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
