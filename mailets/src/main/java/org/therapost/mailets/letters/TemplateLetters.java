package org.therapost.mailets.letters;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.NoteContext;
import org.therapost.domain.sessions.letters.SessionLetters;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.mailets.mime.OutgoingHeader;
import org.therapost.mailets.mime.OutgoingMessageWriter;

/** Writes letters from {@link Templates}. */
public final class TemplateLetters implements SessionLetters {

    // RFC 5322 section 3.6.4, without anything that could break out of a header field.
    private static final Pattern MESSAGE_ID = Pattern.compile("<[\\x21-\\x3B\\x3D\\x3F-\\x7E]{1,240}>");
    private static final int PSEUDONYM = 18;
    private static final Pattern NOTICE = Pattern.compile(
            "<(?<pseudonym>[0-9a-f]{36})\\.(?<second>[0-9a-f]{1,12})\\.[0-9a-f-]{36}@(?<domain>[^@>]+)>");

    private final Templates templates;
    private final OutgoingMessageWriter outgoingMessageWriter;
    private final ServerKey serverKey;
    private final CalendarPartWriter calendarPartWriter;
    private final OfficeLetters office;
    private final Clock clock;

    /** @param office writes what therapists are told */
    public TemplateLetters(
            Templates templates,
            OutgoingMessageWriter outgoingMessageWriter,
            ServerKey serverKey,
            CalendarPartWriter calendarPartWriter,
            OfficeLetters office,
            Clock clock) {
        this.templates = templates;
        this.outgoingMessageWriter = outgoingMessageWriter;
        this.serverKey = serverKey;
        this.calendarPartWriter = calendarPartWriter;
        this.office = office;
        this.clock = clock;
    }

    @Override
    public MailContent toClient(
            ClientThread thread, ClientSettings client, ClientLetter notice, Optional<String> about, Carriage carriage)
            throws CannotTellException {
        WordingPhrases phrases = templates.client(client.language());
        ClientWording wording = new ClientWording(phrases, client);
        Wording words = wording.of(notice);
        LetterEntity entity = entity(words, phrases, calendar(thread, notice, wording.calendarSummary()));
        OutgoingMessageWriter.Letter letter = new OutgoingMessageWriter.Letter(
                outside(thread, notice, about),
                new OutgoingHeader().addWords("Subject", words.subject()),
                entity.content(),
                entity.body());
        return carriage == Carriage.WAIT
                ? outgoingMessageWriter.draft(thread, letter)
                : outgoingMessageWriter.prepare(thread, letter, carriage);
    }

    @Override
    public MailContent toTherapist(
            ClientThread thread, Terms terms, ClientSettings client, TherapistNote note, NoteContext context) {
        TherapistWording wording = new TherapistWording(
                office.phrases(), terms, client, office.address(thread.therapist()), thread.address());
        OfficeLetters.About about =
                new OfficeLetters.About(thread.therapist(), Optional.of(thread), matter(note), context.answers());
        return office.write(about, wording.of(note, context), calendar(thread, note));
    }

    /** Notes of one matter stand together in a mail program: all about one event, about mail, about letters due. */
    private static String matter(TherapistNote note) {
        if (note instanceof TherapistNote.Confirmed confirmed) {
            return event(confirmed.series().uid());
        }
        if (note instanceof TherapistNote.Answered answered) {
            return event(answered.series().uid());
        }
        if (note instanceof TherapistNote.Countered countered) {
            return event(countered.series().uid());
        }
        if (note instanceof TherapistNote.Opened opened) {
            return event(opened.window().key().uid());
        }
        if (note instanceof TherapistNote.ClientLate late) {
            return event(late.window().key().uid());
        }
        if (note instanceof TherapistNote.Summary summary) {
            return event(summary.window().key().uid());
        }
        if (note instanceof TherapistNote.NotGettingThrough not) {
            return event(not.window().key().uid());
        }
        return note.getClass().getSimpleName();
    }

    private static String event(String uid) {
        return "event " + uid;
    }

    @Override
    public boolean isInvitation(ClientThread thread, String uid, String messageId) {
        return isOf(thread, pseudonym(thread, uid), messageId);
    }

    @Override
    public Optional<Instant> noticeWritten(ClientThread thread, String messageId) {
        Matcher notice = NOTICE.matcher(messageId);
        if (!notice.matches() || !notice.group("domain").equals(thread.address().domain())) {
            return Optional.empty();
        }
        Instant written = Instant.ofEpochSecond(Long.parseLong(notice.group("second"), 16));
        return notice.group("pseudonym").equals(pseudonymOfNotice(thread, written))
                ? Optional.of(written)
                : Optional.empty();
    }

    @Override
    public boolean isNote(ClientThread thread, String messageId) {
        return office.ids().isAbout(thread, messageId);
    }

    private static boolean isOf(ClientThread thread, String pseudonym, String messageId) {
        return messageId.startsWith("<" + pseudonym + ".")
                && messageId.endsWith("@" + thread.address().domain() + ">");
    }

    private OutgoingHeader outside(ClientThread thread, ClientLetter notice, Optional<String> about) {
        Optional<String> first = first(thread, notice);
        List<String> answered = about
                .filter(id -> MESSAGE_ID.matcher(id).matches())
                .or(() -> notice instanceof ClientLetter.Invitation ? Optional.empty() : first)
                .stream()
                .toList();
        String own = event(notice)
                .map(series -> messageId(pseudonym(thread, series.uid()) + "." + UUID.randomUUID(), thread))
                .orElseGet(() -> ofNotice(thread));
        String id = notice instanceof ClientLetter.Invitation ? first.orElse(own) : own;
        // RFC 3834 section 5: an answer to a mail, or of our own accord.
        return new OutgoingHeader()
                .add("Message-ID", id)
                .addIds("In-Reply-To", answered)
                .addIds("References", answered)
                .add("Auto-Submitted", about.isPresent() ? "auto-replied" : "auto-generated");
    }

    private static Optional<Series> event(ClientLetter notice) {
        if (notice instanceof ClientLetter.Invitation invitation) {
            return Optional.of(invitation.series());
        }
        if (notice instanceof ClientLetter.Change change) {
            return Optional.of(change.series());
        }
        return notice instanceof ClientLetter.Cancellation cancellation
                ? Optional.of(cancellation.series())
                : Optional.empty();
    }

    /** The first invitation to an event: what follows answers it, so that an appointment is one conversation at the client's. */
    private Optional<String> first(ClientThread thread, ClientLetter notice) {
        return event(notice).flatMap(series -> series.told()
                .invitedAt()
                .map(at -> messageId(
                        pseudonym(thread, series.uid()) + "." + pseudonym(thread, series.uid() + "\0" + at), thread)));
    }

    /** Says when it was written in a form that only we can write, so that an answer to it shows whether it still holds. */
    private String ofNotice(ClientThread thread) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return messageId(
                pseudonymOfNotice(thread, now) + "." + Long.toHexString(now.getEpochSecond()) + "." + UUID.randomUUID(),
                thread);
    }

    private LetterEntity entity(Wording words, WordingPhrases phrases, Optional<CalendarPart> calendar) {
        LetterLayout layout = templates.layout();
        return LetterEntity.of(
                layout.text(words, phrases.language()), layout.html(words, phrases.language()), calendar);
    }

    private Optional<CalendarPart> calendar(ClientThread thread, ClientLetter notice, String summary) {
        if (notice instanceof ClientLetter.Invitation invitation) {
            return Optional.of(calendar(thread, invitation.series(), summary, invitation.asks()));
        }
        if (notice instanceof ClientLetter.Change change) {
            return Optional.of(calendar(thread, change.series(), summary, change.asks()));
        }
        if (notice instanceof ClientLetter.Cancellation cancellation) {
            return Optional.of(new CalendarPart(
                    CalendarPart.Method.CANCEL,
                    calendarPartWriter.cancel(
                            thread, cancellation.series(), cancellation.instance(), cancellation.sequence(), summary)));
        }
        return Optional.empty();
    }

    private CalendarPart calendar(ClientThread thread, Series series, String summary, boolean asks) {
        return asks
                ? new CalendarPart(CalendarPart.Method.REQUEST, calendarPartWriter.request(thread, series, summary))
                : new CalendarPart(CalendarPart.Method.PUBLISH, calendarPartWriter.publish(thread, series, summary));
    }

    private Optional<CalendarPart> calendar(ClientThread thread, TherapistNote note) {
        if (note instanceof TherapistNote.Answered answered) {
            return Optional.of(new CalendarPart(
                    CalendarPart.Method.REPLY,
                    calendarPartWriter.reply(thread, answered.series(), answered.key(), answered.participation())));
        }
        if (note instanceof TherapistNote.Countered countered) {
            return Optional.of(new CalendarPart(
                    CalendarPart.Method.COUNTER,
                    calendarPartWriter.counter(thread, countered.series(), countered.key(), countered.proposed())));
        }
        return Optional.empty();
    }

    private static String messageId(String left, ClientThread thread) {
        return "<" + left + "@" + thread.address().domain() + ">";
    }

    // In hexadecimal digits, which spell no word by chance.
    private String pseudonym(ClientThread thread, String uid) {
        return hexadecimal(serverKey.pseudonym(thread.id().value() + "\0" + uid, SealingPurpose.INVITATION_ID));
    }

    private String pseudonymOfNotice(ClientThread thread, Instant written) {
        String name = thread.id().value() + "\0" + written.getEpochSecond();
        return hexadecimal(serverKey.pseudonym(name, SealingPurpose.NOTICE_ID));
    }

    private static String hexadecimal(byte[] pseudonym) {
        return HexFormat.of().formatHex(pseudonym, 0, PSEUDONYM);
    }
}
