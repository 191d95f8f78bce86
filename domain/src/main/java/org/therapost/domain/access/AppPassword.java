package org.therapost.domain.access;

import java.util.Arrays;
import java.util.Optional;
import org.therapost.domain.sealing.keys.Password;

/**
 * A password for one mail program on one device. It is drawn here: {@code tp}, six characters that are no secret and find it among
 * those of the account, and 160 random bits.
 */
public final class AppPassword extends CopiedSecret {

    private static final int MARK = 2;
    private static final int LOOKUP = 6;
    private static final int SECRET = 32;
    private static final int ALL = MARK + LOOKUP + SECRET;

    private final String lookup;

    private AppPassword(char[] code) {
        super(code);
        this.lookup = new String(code, MARK, LOOKUP);
    }

    /** Draws a new one. */
    public static AppPassword generate() {
        char[] code = ReadableCode.random(ALL);
        code[0] = 't';
        code[1] = 'p';
        return new AppPassword(code);
    }

    /** Reads what a mail program offers; empty if it has not the form of an app password. */
    public static Optional<AppPassword> read(Password offered) {
        char[] typed = offered.expose();
        try {
            Optional<char[]> code = ReadableCode.read(typed, ALL);
            if (code.isPresent() && (code.get()[0] != 't' || code.get()[1] != 'p')) {
                Arrays.fill(code.get(), '\0');
                return Optional.empty();
            }
            return code.map(AppPassword::new);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }

    /** What finds it among the app passwords of its account; no secret. */
    public String lookup() {
        return lookup;
    }
}
