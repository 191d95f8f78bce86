package org.therapost.mailets.authentication;

/** What one check says. */
enum AuthenticationVerdict {
    /** Proved. */
    PASS,
    /** Not proved. */
    FAIL,
    /** DNS did not answer: it may be proved another time. */
    CANNOT_TELL;

    /** The better of two. */
    AuthenticationVerdict or(AuthenticationVerdict other) {
        if (this == PASS || other == PASS) {
            return PASS;
        }
        return this == CANNOT_TELL ? CANNOT_TELL : other;
    }
}
