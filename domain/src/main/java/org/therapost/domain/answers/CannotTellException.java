package org.therapost.domain.answers;

/** No answer could be had now (DNS or the database is away): ask again later. The text never quotes content. */
public class CannotTellException extends Exception {

    private static final long serialVersionUID = 1L;

    public CannotTellException(String message) {
        super(message);
    }

    public CannotTellException(String message, Throwable cause) {
        super(message, cause);
    }
}
