package org.therapost.mailets.letters;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.exchangers.ClientServers;
import org.therapost.domain.office.OfficeNote;
import org.therapost.domain.office.OfficeNotes;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;

/** Writes the notes of the office from {@link Templates}. */
public final class TemplateOfficeNotes implements OfficeNotes {

    // As NoteIds makes them; any other id needs no look at the therapist's threads.
    private static final Pattern SHAPE = Pattern.compile("<[0-9a-f]{36}\\.[0-9a-f]{16}\\.[0-9a-f-]{1,36}@.+>");

    private final OfficeLetters office;

    public TemplateOfficeNotes(OfficeLetters office) {
        this.office = office;
    }

    @Override
    public MailContent write(
            Therapist therapist, Optional<ClientThread> about, OfficeNote note, Optional<String> answers) {
        return office.write(
                new OfficeLetters.About(therapist, about, matter(note), answers),
                wording(office.phrases(), therapist, about, note),
                Optional.empty());
    }

    @Override
    public boolean isOne(Therapist therapist, String messageId) {
        return SHAPE.matcher(messageId).matches()
                && messageId.endsWith("@" + therapist.address().domain() + ">");
    }

    @Override
    public boolean isAbout(ClientThread thread, String messageId) {
        return office.ids().isAbout(thread, messageId);
    }

    @Override
    public boolean asks(Therapist therapist, EmailAddress organizer, String messageId) {
        return office.ids().isAbout(therapist, matter(new OfficeNote.IsItYours(organizer)), messageId);
    }

    private static String matter(OfficeNote note) {
        // All that is said about a client's keys stands together.
        if (note instanceof OfficeNote.OfClientKey) {
            return "client key";
        }
        return note instanceof OfficeNote.IsItYours question
                ? "own address " + question.organizer().canonical()
                : note.getClass().getSimpleName();
    }

    private Wording wording(
            WordingPhrases phrases, Therapist therapist, Optional<ClientThread> about, OfficeNote note) {
        String thread = about.map(one -> one.address().value()).orElse("");
        if (note instanceof OfficeNote.OfClientKey ofKey) {
            return new ClientKeyWording(phrases).of(ofKey);
        }
        if (note instanceof OfficeNote.Help help) {
            return help(phrases, therapist, help.occasion());
        }
        if (note instanceof OfficeNote.WhichClient which) {
            return which(phrases, which);
        }
        if (note instanceof OfficeNote.NotPassedOn not) {
            return words(
                    phrases,
                    "not-passed-on",
                    phrases.text("not-passed-on."
                            + not.origin().name().toLowerCase(Locale.ROOT).replace('_', '-')),
                    phrases.text("not-passed-on.why"));
        }
        if (note instanceof OfficeNote.PasswordKnown) {
            return words(
                    phrases,
                    "password-known",
                    phrases.text("password-known.text"),
                    phrases.text("password-known.next"));
        }
        if (note instanceof OfficeNote.ThreadChanged changed) {
            return words(
                    phrases,
                    "thread-changed",
                    phrases.text(
                            "thread-changed.text",
                            Map.of("address", changed.address().value())),
                    phrases.text("thread-changed.next"));
        }
        if (note instanceof OfficeNote.RecordCheckpoint checkpoint) {
            return words(
                    phrases,
                    "checkpoint",
                    phrases.text("checkpoint.text"),
                    phrases.text("checkpoint.next"),
                    checkpoint.signed());
        }
        if (note instanceof OfficeNote.AutomaticMail) {
            return words(phrases, "automatic", phrases.text("automatic.text"));
        }
        if (note instanceof OfficeNote.IsItYours question) {
            Map<String, String> values = Map.of("address", question.organizer().value());
            return words(
                    phrases,
                    "is-it-yours",
                    phrases.text("is-it-yours.text", values),
                    phrases.text("is-it-yours.question", values),
                    phrases.text("is-it-yours.next", values));
        }
        if (note instanceof OfficeNote.EventOfAnother event) {
            return words(
                    phrases,
                    "event-of-another",
                    phrases.text(
                            "event-of-another.text",
                            Map.of("address", event.organizer().value())),
                    phrases.text("event-of-another.next"));
        }
        if (note instanceof OfficeNote.InvitationFromOutside outside) {
            String text = outside.author()
                    .map(author -> phrases.text("from-outside.proved", Map.of("address", author.value())))
                    .orElseGet(() -> phrases.text("from-outside.unproved"));
            return words(phrases, "from-outside", text, phrases.text("from-outside.next", Map.of("thread", thread)));
        }
        if (note instanceof OfficeNote.ServerAcceptance acceptance) {
            return acceptance(phrases, acceptance.outcome());
        }
        return addresses(phrases, (OfficeNote.OwnAddresses) note);
    }

    private static Wording acceptance(WordingPhrases phrases, ClientServers.Acceptance outcome) {
        if (outcome instanceof ClientServers.Acceptance.Accepted accepted) {
            return words(
                    phrases,
                    "server-accepted",
                    phrases.text("server-accepted.text"),
                    String.join("\n", accepted.exchangers().names()));
        }
        if (outcome instanceof ClientServers.Acceptance.Untold untold) {
            return words(
                    phrases,
                    "server-untold",
                    phrases.text("server-untold.text"),
                    String.join("\n", untold.exchangers().names()),
                    phrases.text("new-servers.next"));
        }
        return words(phrases, "server-nothing", phrases.text("server-nothing.text"));
    }

    private Wording help(WordingPhrases phrases, Therapist therapist, OfficeNote.Occasion occasion) {
        String page = phrases.text(
                "command.help", Map.of("office", office.address(therapist).value()));
        return switch (occasion) {
            case QUESTION -> words(phrases, "help", page);
            case NOT_UNDERSTOOD -> words(phrases, "not-a-command", phrases.text("not-a-command.text"), page);
        };
    }

    private static Wording which(WordingPhrases phrases, OfficeNote.WhichClient which) {
        List<String> lines = which.threads().stream()
                .map(thread -> phrases.text(
                        "which-client.line",
                        Map.of(
                                "client", thread.client().name(),
                                "address", thread.address().value())))
                .toList();
        return words(
                phrases,
                "which-client",
                phrases.text("which-client.text"),
                lines.isEmpty() ? phrases.text("which-client.nobody") : String.join("\n", lines));
    }

    private static Wording addresses(WordingPhrases phrases, OfficeNote.OwnAddresses addresses) {
        Wording wording = words(
                phrases,
                "addresses",
                phrases.text("addresses." + addresses.change().name().toLowerCase(Locale.ROOT)));
        if (addresses.confirmed().isEmpty()) {
            return wording.and(phrases.text("addresses.empty"));
        }
        return wording.and(String.join(
                        "\n",
                        addresses.confirmed().stream().map(EmailAddress::value).toList()))
                .and(phrases.text("addresses.next"));
    }

    private static Wording words(WordingPhrases phrases, String kind, String... paragraphs) {
        return new Wording(phrases.text(kind + ".subject"), List.of(paragraphs));
    }
}
