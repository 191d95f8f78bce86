package org.therapost.domain.journeys;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import org.therapost.domain.access.ReaderLogin;
import org.therapost.domain.access.ReaderLogins;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.identifiers.StableMessageIds;
import org.therapost.domain.office.NoteFiling;
import org.therapost.domain.office.OfficeNote;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.record.Checkpoint;
import org.therapost.domain.record.Checkpoints;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.keys.OpenPgpKeys;

/**
 * A reader's session signs a checkpoint over the record of all threads of the therapist, at most one an hour and only if something
 * has come since the last one; once a week the therapist gets it by a note, to keep it where nobody here can change it.
 */
public final class SignCheckpoint {

    private static final Duration APART = Duration.ofHours(1);
    private static final Duration NOTES_APART = Duration.ofDays(7);

    private final ReaderLogins logins;
    private final Directory directory;
    private final OpenPgpKeys keys;
    private final Checkpoints checkpoints;
    private final NoteFiling notes;
    private final StableMessageIds messageIds;
    private final Clock clock;

    public SignCheckpoint(
            ReaderLogins logins,
            Directory directory,
            OpenPgpKeys keys,
            Checkpoints checkpoints,
            NoteFiling notes,
            StableMessageIds messageIds,
            Clock clock) {
        this.logins = logins;
        this.directory = directory;
        this.keys = keys;
        this.checkpoints = checkpoints;
        this.notes = notes;
        this.messageIds = messageIds;
        this.clock = clock;
    }

    /**
     * Signs one, if one is due and the account's session has not ended yet.
     *
     * @return whether one was signed
     */
    public boolean sign(EmailAddress account) throws RefusedException, CannotTellException {
        Optional<ReaderLogin> session = logins.another(account);
        if (session.isEmpty()) {
            return false;
        }
        try (ReaderLogin open = session.get()) {
            Therapist therapist = directory.therapist(open.account());
            Optional<Checkpoint> due =
                    checkpoints.due(therapist.id(), keys.fingerprint(therapist.certificate()), APART);
            Optional<ReaderView> view = logins.view(open.account());
            if (due.isEmpty() || view.isEmpty()) {
                return false;
            }
            Checkpoint checkpoint = due.get();
            Optional<String> signed = view.get().signed(checkpoint.text(), clock.instant());
            if (signed.isEmpty()) {
                // Custody own: the server has no key that signs.
                return false;
            }
            checkpoints.keep(checkpoint, signed.get());
            if (checkpoints.isNoteDue(therapist.id(), NOTES_APART)) {
                note(therapist, checkpoint, signed.get());
            }
            return true;
        } catch (SealedException ended) {
            throw new CannotTellException("the session ended before the checkpoint was signed", ended);
        }
    }

    private void note(Therapist therapist, Checkpoint checkpoint, String signed) throws CannotTellException {
        String day =
                "checkpoint " + checkpoint.madeAt().atOffset(ZoneOffset.UTC).toLocalDate();
        // If another process was first, today, this files nothing.
        notes.file(
                therapist,
                Optional.empty(),
                new OfficeNote.RecordCheckpoint(checkpoint, signed),
                messageIds.ofNote(therapist, day),
                Optional.empty());
        checkpoints.noted(checkpoint);
    }
}
