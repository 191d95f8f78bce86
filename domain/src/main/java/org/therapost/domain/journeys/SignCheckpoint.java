package org.therapost.domain.journeys;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.therapost.domain.access.LoginTask;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.office.NoteFiling;
import org.therapost.domain.office.OfficeNote;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.record.Checkpoint;
import org.therapost.domain.record.Checkpoints;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.keys.OpenPgpKeys;

/**
 * Has the therapist's key sign a checkpoint over the record of all threads of the therapist, at most one an hour and only if something
 * has come since the last one; once a week the therapist gets it by a note, to keep it where nobody here can change it. In custody
 * {@code own} the server has no key that signs, and there is none.
 */
public final class SignCheckpoint implements LoginTask {

    private static final Duration APART = Duration.ofHours(1);
    private static final Duration NOTES_APART = Duration.ofDays(7);

    private final Directory directory;
    private final OpenPgpKeys keys;
    private final Checkpoints checkpoints;
    private final NoteFiling notes;
    private final Clock clock;

    public SignCheckpoint(
            Directory directory, OpenPgpKeys keys, Checkpoints checkpoints, NoteFiling notes, Clock clock) {
        this.directory = directory;
        this.keys = keys;
        this.checkpoints = checkpoints;
        this.notes = notes;
        this.clock = clock;
    }

    @Override
    public void run(EmailAddress account, ReaderView view) throws RefusedException, CannotTellException {
        Therapist therapist = directory.therapist(account);
        Optional<Checkpoint> due = checkpoints.due(therapist.id(), keys.fingerprint(therapist.certificate()), APART);
        if (due.isEmpty()) {
            return;
        }
        Optional<String> signed = signed(view, due.get());
        if (signed.isEmpty()) {
            return;
        }
        checkpoints.keep(due.get(), signed.get());
        if (checkpoints.isNoteDue(therapist.id(), NOTES_APART)) {
            notes.onceADay(therapist, new OfficeNote.RecordCheckpoint(due.get(), signed.get()), "checkpoint");
            checkpoints.noted(due.get());
        }
    }

    private Optional<String> signed(ReaderView view, Checkpoint checkpoint) throws CannotTellException {
        try {
            return view.signed(checkpoint.text(), clock.instant());
        } catch (SealedException ended) {
            throw new CannotTellException("the login ended before the checkpoint was signed", ended);
        }
    }
}
