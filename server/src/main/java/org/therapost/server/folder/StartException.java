package org.therapost.server.folder;

/** The server cannot start as things are. The text is one readable line for the operator. */
public class StartException extends Exception {

    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
