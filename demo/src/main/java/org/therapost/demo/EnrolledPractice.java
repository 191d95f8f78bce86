package org.therapost.demo;

import org.therapost.demo.world.AlicesKey;

/**
 * The practice as it was enrolled.
 *
 * @param password Dr Bloom's
 * @param aliceThread the address under which Alice and Dr Bloom know each other
 * @param brunoThread the same for Bruno
 */
record EnrolledPractice(String password, String aliceThread, String brunoThread, AlicesKey aliceKey) {

    static final String ALICES_FOLDER = "Clients/Alice";
    static final String BRUNOS_FOLDER = "Clients/Bruno";
    static final String INBOX = "INBOX";

    @Override
    public String toString() {
        return "Practice[" + aliceThread + ", " + brunoThread + "]";
    }
}
