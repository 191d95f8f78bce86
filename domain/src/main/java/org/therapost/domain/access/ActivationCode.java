package org.therapost.domain.access;

import java.util.Optional;
import org.therapost.domain.sealing.keys.Password;

/** What an operator hands to a therapist once: 50 random bits, with which the therapist makes a key and sets a password. */
public final class ActivationCode extends CopiedSecret {

    private static final int RANDOM = 10;

    private ActivationCode(char[] code) {
        super(code);
    }

    /** Draws a new one. */
    public static ActivationCode generate() {
        return new ActivationCode(ReadableCode.checked(RANDOM));
    }

    /** Reads what was typed; empty if it is none, or was copied wrongly. */
    public static Optional<ActivationCode> read(Password typed) {
        return ReadableCode.readChecked(typed, RANDOM).map(ActivationCode::new);
    }
}
