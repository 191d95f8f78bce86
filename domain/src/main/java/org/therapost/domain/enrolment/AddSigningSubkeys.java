package org.therapost.domain.enrolment;

import java.time.Clock;
import java.util.Optional;
import org.therapost.domain.access.LoginTask;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.carriage.SigningSubkeys;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.domain.sealing.keys.NewThreadKey;
import org.therapost.domain.sealing.keys.OpenPgpKeys;

/**
 * Gives the threads of a therapist that were enrolled by an earlier release what new ones have: a subkey with which the server signs.
 * In custody {@code login} the therapist's key opens the thread's, which gets one more subkey. In custody {@code own} the server
 * cannot open it, and makes the next key of the thread.
 */
public final class AddSigningSubkeys implements LoginTask {

    private final Directory directory;
    private final SigningSubkeys subkeys;
    private final OpenPgpKeys openPgpKeys;
    private final Clock clock;

    public AddSigningSubkeys(Directory directory, SigningSubkeys subkeys, OpenPgpKeys openPgpKeys, Clock clock) {
        this.directory = directory;
        this.subkeys = subkeys;
        this.openPgpKeys = openPgpKeys;
        this.clock = clock;
    }

    /** Each thread is one transaction; one whose key does not open does not keep the others from theirs. */
    @Override
    public void run(EmailAddress account, ReaderView view) throws RefusedException, CannotTellException {
        Therapist therapist = directory.therapist(account);
        Optional<SealedException> failed = Optional.empty();
        for (SigningSubkeys.Missing key : subkeys.missing(therapist)) {
            if (therapist.custody() == Custody.OWN) {
                succeed(therapist, key);
                continue;
            }
            try {
                Optional<SigningSubkey> made = view.addSigningSubkey(key.certificate(), key.keyId(), clock.instant());
                if (made.isPresent()) {
                    subkeys.add(key, made.get());
                }
            } catch (SealedException closed) {
                failed = Optional.of(closed);
            }
        }
        if (failed.isPresent()) {
            throw new CannotTellException("the key of a thread got no signing subkey", failed.get());
        }
    }

    private void succeed(Therapist therapist, SigningSubkeys.Missing before) throws CannotTellException {
        try (NewThreadKey next = openPgpKeys.generateForThread(before.address())) {
            subkeys.succeed(
                    before,
                    openPgpKeys.encryptionKeyId(next.signing().certificate()),
                    next.signing(),
                    openPgpKeys.share(next.secret(), therapist.certificate()));
        }
    }
}
