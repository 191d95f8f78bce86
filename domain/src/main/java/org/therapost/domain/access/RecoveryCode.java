package org.therapost.domain.access;

import java.util.Optional;
import org.therapost.domain.sealing.keys.Password;

/** What a therapist keeps on paper: 130 random bits, with which a new password can be set. */
public final class RecoveryCode extends CopiedSecret {

    private static final int RANDOM = 26;

    private RecoveryCode(char[] code) {
        super(code);
    }

    /** Draws a new one. */
    public static RecoveryCode generate() {
        return new RecoveryCode(ReadableCode.checked(RANDOM));
    }

    /** Reads what was typed; empty if it is none, or was copied wrongly. */
    public static Optional<RecoveryCode> read(Password typed) {
        return ReadableCode.readChecked(typed, RANDOM).map(RecoveryCode::new);
    }
}
