package org.therapost.domain.office;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.MessageReaders;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.conversation.identifiers.StableMessageIds;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Sealer;

/** Writes, seals and files notes of the office. */
public final class NoteFiling {

    private final OfficeNotes notes;
    private final Sealer sealer;
    private final Threads threads;
    private final StableMessageIds messageIds;
    private final Clock clock;

    public NoteFiling(OfficeNotes notes, Sealer sealer, Threads threads, StableMessageIds messageIds, Clock clock) {
        this.notes = notes;
        this.sealer = sealer;
        this.threads = threads;
        this.messageIds = messageIds;
        this.clock = clock;
    }

    OfficeNotes notes() {
        return notes;
    }

    /** A note to be filed together with something else. */
    public Filing of(ClientThread thread, OfficeNote note) {
        return filing(
                thread.therapist(), Optional.of(thread), note, new MessageId(UUID.randomUUID()), Optional.empty());
    }

    /** A note that answers a mail to the office, to be filed together with something else. */
    Filing answer(ClientThread thread, OfficeNote note, MessageId name, Optional<String> mail) {
        return filing(thread.therapist(), Optional.of(thread), note, name, mail);
    }

    /**
     * Files a note, unless one of that name is in the record.
     *
     * @param name its name in the record
     * @param answers the {@code Message-ID} of the mail that it answers
     * @return the note of that name
     */
    public FiledMessage file(
            Therapist therapist,
            Optional<ClientThread> about,
            OfficeNote note,
            MessageId name,
            Optional<String> answers)
            throws CannotTellException {
        return threads.file(List.of(filing(therapist, about, note, name, answers)), List.of())
                .get(0);
    }

    /** Files a note unless one of its kind about the same was filed today; what a stranger or a machine causes is bounded. */
    public FiledMessage onceADay(Therapist therapist, Optional<ClientThread> about, OfficeNote note)
            throws CannotTellException {
        return unlessFiled(therapist, about, note, " " + today());
    }

    /**
     * Files a note about nobody whom a thread would name, unless one of its kind about the same was filed today.
     *
     * @param matter what it is about
     */
    public FiledMessage onceADay(Therapist therapist, OfficeNote note, String matter) throws CannotTellException {
        return unlessFiled(therapist, Optional.empty(), note, " " + matter + " " + today());
    }

    private LocalDate today() {
        return clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** Files a note unless one of its kind about the same was filed ever before. */
    public FiledMessage once(Therapist therapist, Optional<ClientThread> about, OfficeNote note)
            throws CannotTellException {
        return unlessFiled(therapist, about, note, "");
    }

    /** Files a note about a thread unless one of its kind on the same occasion was filed ever before. */
    FiledMessage once(ClientThread thread, OfficeNote note, String occasion) throws CannotTellException {
        return unlessFiled(thread.therapist(), Optional.of(thread), note, " " + occasion);
    }

    /** A note about a thread, to be filed together with something else; {@link #once} files it no second time. */
    Filing named(ClientThread thread, OfficeNote note, String occasion) {
        MessageId name = name(thread.therapist(), Optional.of(thread), note, " " + occasion);
        return filing(thread.therapist(), Optional.of(thread), note, name, Optional.empty());
    }

    private FiledMessage unlessFiled(
            Therapist therapist, Optional<ClientThread> about, OfficeNote note, String occasion)
            throws CannotTellException {
        MessageId name = name(therapist, about, note, occasion);
        Optional<FiledMessage> before = threads.filed(List.of(name)).stream().findFirst();
        if (before.isPresent()) {
            return before.get();
        }
        return file(therapist, about, note, name, Optional.empty());
    }

    private MessageId name(Therapist therapist, Optional<ClientThread> about, OfficeNote note, String occasion) {
        String kind = note.getClass().getSimpleName() + " "
                + about.map(thread -> thread.id().value().toString()).orElse("") + occasion;
        return messageIds.ofNote(therapist, kind);
    }

    private Filing filing(
            Therapist therapist,
            Optional<ClientThread> about,
            OfficeNote note,
            MessageId name,
            Optional<String> answers) {
        MailContent text = notes.write(therapist, about, note, answers);
        return new Filing(
                name,
                new FilingPlace.Notice(therapist),
                sealer.seal(text, MessageReaders.ofNote(therapist, name, text, clock.instant())));
    }
}
