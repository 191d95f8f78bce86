package org.therapost.domain.access;

import java.util.Arrays;
import org.therapost.domain.sealing.keys.Password;

/** A secret that was drawn here and that people copy by hand; wiped when it is closed. */
public abstract sealed class CopiedSecret implements AutoCloseable permits ActivationCode, AppPassword, RecoveryCode {

    private final char[] code;

    /** @param code in the one form that is compared; wiped with this */
    CopiedSecret(char[] code) {
        this.code = code;
    }

    /** All of it, in the one form that is hashed. */
    public final Password secret() {
        return Password.offered(code.clone());
    }

    /** As people copy it, in groups of four. The caller wipes it. */
    public final char[] text() {
        return ReadableCode.grouped(code);
    }

    @Override
    public final void close() {
        Arrays.fill(code, '\0');
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName();
    }
}
