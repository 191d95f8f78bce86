package org.therapost.server.holes;

/**
 * Something that a server must do, whoever asks for it.
 *
 * @param sentence what it does
 * @param check fails with an {@link AssertionError} on a server that does not
 */
record Probe(String sentence, Check check) {

    /** Talks to a server as a stranger or a mail program could. */
    @FunctionalInterface
    interface Check {
        void on(ServerUnderTest server) throws Exception;
    }

    @Override
    public String toString() {
        return sentence;
    }
}
