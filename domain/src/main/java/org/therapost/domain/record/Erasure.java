package org.therapost.domain.record;

import java.util.Locale;

/** Why a message was erased from the record. */
public enum Erasure {
    /** It was not passed on, and the client was told so. */
    RETURNED,
    /** All of its thread was destroyed. */
    DESTROYED;

    /** As it is stored. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
