package org.therapost.server.pipeline;

/** {@code mailetcontainer.xml} is wrong; the message says where, and what to do. */
public final class PipelineException extends Exception {

    private static final long serialVersionUID = 1L;

    PipelineException(String message) {
        super(message);
    }

    PipelineException(String message, Throwable cause) {
        super(message, cause);
    }
}
