package org.therapost.domain.settings;

/** A value that is not allowed. The text, if there is one, says more than what is allowed: what to write instead. */
public class WrongValueException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param hint may be empty; it never quotes the value */
    public WrongValueException(String hint) {
        super(hint);
    }

    /** What to do, or nothing. */
    public String hint() {
        return String.valueOf(getMessage());
    }
}
