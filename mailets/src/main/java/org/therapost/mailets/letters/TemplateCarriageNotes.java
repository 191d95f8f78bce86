package org.therapost.mailets.letters;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.therapost.domain.carriage.CarriageNote;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.mailets.mime.CarriageNotes;

/** Writes notices about answers on their way from {@link Templates}. */
public final class TemplateCarriageNotes implements CarriageNotes {

    private final OfficeLetters office;
    private final WallClock clock;

    /** @param zone in which therapists are told times */
    public TemplateCarriageNotes(OfficeLetters office, ZoneId zone) {
        this.office = office;
        this.clock = WallClock.of(zone);
    }

    @Override
    public MailContent write(Therapist therapist, CarriageNote carriageNote) {
        return office.write(
                OfficeLetters.About.thread(carriageNote.thread(), "delivery"),
                wording(office.phrases(), carriageNote),
                Optional.empty());
    }

    private Wording wording(WordingPhrases phrases, CarriageNote carriageNote) {
        String address = carriageNote.thread().address().value();
        if (carriageNote instanceof CarriageNote.Waiting waiting) {
            String written = phrases.moment(waiting.writtenAt(), clock);
            return words(
                    phrases,
                    "waiting",
                    address,
                    phrases.text("waiting.text", Map.of("address", address, "written", written)),
                    phrases.text(next(waiting.why())));
        }
        if (carriageNote instanceof CarriageNote.Delayed delayed) {
            String next = phrases.moment(delayed.nextTry(), clock);
            return words(
                    phrases,
                    "delayed",
                    address,
                    phrases.text("delayed.text", Map.of("address", address, "nextTry", next)));
        }
        if (carriageNote instanceof CarriageNote.SetAside aside) {
            String next = phrases.moment(aside.nextTry(), clock);
            return words(
                    phrases,
                    "set-aside",
                    address,
                    phrases.text(
                            "set-aside.text", Map.of("address", address, "status", aside.status(), "nextTry", next)),
                    phrases.text("set-aside.next"));
        }
        if (carriageNote instanceof CarriageNote.NewServers servers) {
            return words(
                    phrases,
                    "new-servers",
                    address,
                    phrases.text("new-servers.text", Map.of("address", address)),
                    String.join("\n", servers.exchangers().names()),
                    phrases.text("new-servers.next"));
        }
        if (carriageNote instanceof CarriageNote.ServersBeside servers) {
            return words(
                    phrases,
                    "servers-beside",
                    address,
                    phrases.text("servers-beside.text", Map.of("address", address)),
                    String.join("\n", servers.exchangers().names()),
                    phrases.text("servers-beside.next"));
        }
        if (carriageNote instanceof CarriageNote.Reported reported) {
            return reported(phrases, reported, address);
        }
        if (carriageNote instanceof CarriageNote.Damaged) {
            return words(
                    phrases,
                    "damaged",
                    address,
                    phrases.text("damaged.text", Map.of("address", address)),
                    phrases.text("damaged.next"));
        }
        if (carriageNote instanceof CarriageNote.Unreachable) {
            return words(
                    phrases,
                    "unreachable",
                    address,
                    phrases.text("unreachable.text", Map.of("address", address)),
                    phrases.text("unreachable.next"));
        }
        String status = ((CarriageNote.Undeliverable) carriageNote).status();
        return words(
                phrases,
                "undeliverable",
                address,
                phrases.text("undeliverable.text", Map.of("address", address, "status", status)),
                phrases.text("undeliverable.next"));
    }

    private static String next(CarriageNote.Waiting.Why why) {
        return switch (why) {
            case NO_WAY -> "waiting.next";
            case KEY_ENDED -> "waiting.next-key-ended";
            case KEY_WAITS -> "waiting.next-key-waits";
        };
    }

    private static Wording reported(WordingPhrases phrases, CarriageNote.Reported reported, String address) {
        String kind = reported.failed() ? "reported-failed" : "reported-delayed";
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(phrases.text(kind + ".text", Map.of("address", address, "status", reported.status())));
        if (!reported.proved()) {
            paragraphs.add(phrases.text("reported.unproved"));
        }
        paragraphs.add(phrases.text(kind + ".next"));
        return words(phrases, kind, address, paragraphs.toArray(String[]::new));
    }

    private static Wording words(WordingPhrases phrases, String kind, String address, String... paragraphs) {
        return new Wording(phrases.text(kind + ".subject", Map.of("address", address)), List.of(paragraphs));
    }
}
