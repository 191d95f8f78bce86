package org.therapost.domain.access;

import java.util.Arrays;
import java.util.Optional;
import org.therapost.domain.sealing.keys.Password;

/** What an operator hands to a therapist once: 50 random bits, with which the therapist makes a key and sets a password. */
public final class ActivationCode implements AutoCloseable {

    private static final int RANDOM = 10;

    private final char[] code;

    private ActivationCode(char[] code) {
        this.code = code;
    }

    /** Draws a new one. */
    public static ActivationCode generate() {
        return new ActivationCode(ReadableCode.checked(RANDOM));
    }

    /** Reads what was typed; empty if it is none, or was copied wrongly. */
    public static Optional<ActivationCode> read(Password typed) {
        char[] characters = typed.expose();
        try {
            return ReadableCode.read(characters, RANDOM + 2)
                    .filter(ReadableCode::isWhole)
                    .map(ActivationCode::new);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    /** All of it, in the one form that is hashed. */
    public Password secret() {
        return Password.offered(code.clone());
    }

    /** As people copy it, in groups of four. The caller wipes it. */
    public char[] text() {
        return ReadableCode.grouped(code);
    }

    @Override
    public void close() {
        Arrays.fill(code, '\0');
    }

    @Override
    public String toString() {
        return "ActivationCode";
    }
}
