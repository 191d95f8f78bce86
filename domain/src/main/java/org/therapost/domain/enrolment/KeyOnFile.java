package org.therapost.domain.enrolment;

import java.util.List;

/**
 * A client's certificate was put on file.
 *
 * @param fingerprint to compare with the client
 * @param warnings what the operator should know or do, one readable line each
 */
public record KeyOnFile(String fingerprint, List<String> warnings) {

    public KeyOnFile {
        warnings = List.copyOf(warnings);
    }
}
