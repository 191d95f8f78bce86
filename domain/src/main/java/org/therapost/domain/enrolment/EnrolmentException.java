package org.therapost.domain.enrolment;

/** An enrolment that cannot be done as asked; nothing was changed. The text is one readable line for the operator. */
public class EnrolmentException extends Exception {

    private static final long serialVersionUID = 1L;

    public EnrolmentException(String message) {
        super(message);
    }
}
