package org.therapost.domain.access;

/** What came of a password. Whoever gets it closes it, unless they keep its login. */
public sealed interface LoginAnswer extends AutoCloseable {

    /** The password is right; the login has begun. */
    record Right(ReaderLogin login) implements LoginAnswer {

        @Override
        public void close() {
            login.close();
        }
    }

    /** The password is wrong, or nobody has this login: the answer does not say which. */
    record Wrong() implements LoginAnswer {

        @Override
        public void close() {
            // Nothing has begun.
        }
    }

    /** Ends the login, if one has begun; the second time does nothing. */
    @Override
    void close();
}
