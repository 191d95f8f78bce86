package org.therapost.mailets.letters;

/** A template that cannot be used. The message begins with file and line and is meant for those who edit templates. */
public final class TemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TemplateException(String file, int line, String what) {
        super(file + ":" + line + ": " + what);
    }

    TemplateException(String file, String what) {
        super(file + ": " + what);
    }

    TemplateException(String file, String what, Throwable cause) {
        super(file + ": " + what, cause);
    }
}
