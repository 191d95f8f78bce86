package org.therapost.mailets;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.carriage.SigningSubkeys;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.domain.sealing.keys.SealedKey;

/** Each thread has a signing subkey, unless a test takes it away. */
public final class TestSigningSubkeys implements SigningSubkeys {

    public static final SigningSubkey SUBKEY = new SigningSubkey(new Certificate(new byte[900]), new byte[] {1});

    public Optional<SigningSubkey> subkey = Optional.of(SUBKEY);

    @Override
    public Optional<SigningSubkey> of(ThreadId thread) {
        return subkey;
    }

    @Override
    public List<Missing> missing(Therapist therapist) {
        return List.of();
    }

    @Override
    public void add(Missing key, SigningSubkey added) {
        throw new IllegalStateException("nothing is missing");
    }

    @Override
    public void succeed(Missing before, long keyId, SigningSubkey next, SealedKey share) {
        throw new IllegalStateException("nothing is missing");
    }
}
