package org.therapost.demo.world;

/** The demo cannot be played, or one of its steps did not hold. The text is one line for the person who watches. */
public final class DemoException extends Exception {

    private static final long serialVersionUID = 1L;

    public DemoException(String reason) {
        super(reason);
    }

    public DemoException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
