package org.therapost.domain.sealing;

/** What the server authenticates with keys that are derived from its own. A tag of one purpose is none of another. */
public enum AuthenticationPurpose {

    /** Whose a certificate is. */
    CERTIFICATE("therapost certificate v1"),

    /** The chain of a thread's record. */
    RECORD("therapost record v1");

    private final String label;

    AuthenticationPurpose(String label) {
        this.label = label;
    }

    /** The {@code info} of HKDF (RFC 5869). It never changes: with another one, no tag in any database would hold. */
    String label() {
        return label;
    }
}
