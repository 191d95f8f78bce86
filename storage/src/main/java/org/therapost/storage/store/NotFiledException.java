package org.therapost.storage.store;

/** A transaction that was to file messages files none, and changes nothing else. It leaves no port. */
public final class NotFiledException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Why why;

    /** Why nothing was filed. */
    public enum Why {
        /** One of the messages is in the record. */
        IN_THE_RECORD,
        /** Times are agreed for the thread of one of them, so that it cannot be filed without a decision. */
        TIMES_ARE_AGREED
    }

    NotFiledException(Why why) {
        super(why.name(), null, false, false);
        this.why = why;
    }

    public Why why() {
        return why;
    }
}
