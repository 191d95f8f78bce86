package org.therapost.domain.conversation;

/**
 * A message is in the record already, under its name ({@link MessageIds}): its sender hands it over again. Nothing was
 * changed. The journeys answer as they did the first time; it leaves none of them.
 */
public final class FiledBeforeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FiledBeforeException() {
        super("filed before", null, false, false);
    }
}
