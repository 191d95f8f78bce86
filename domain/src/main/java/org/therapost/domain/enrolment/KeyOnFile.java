package org.therapost.domain.enrolment;

import java.util.List;

/**
 * A client's certificate was put on file.
 *
 * @param fingerprint to compare with the client
 * @param warnings what the operator should know or do, one readable line each
 */
public record KeyOnFile(String fingerprint, State state, List<String> warnings) {

    public KeyOnFile {
        warnings = List.copyOf(warnings);
    }

    /** What becomes of it. */
    public enum State {
        /** It waits for the therapist, who was told. */
        WAITS,
        /** It is one that the server knows already; what was new in it counts. */
        KNOWN
    }
}
