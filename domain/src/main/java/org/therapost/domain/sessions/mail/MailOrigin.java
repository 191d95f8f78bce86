package org.therapost.domain.sessions.mail;

/**
 * Whether a person wrote a mail or a program sent it by itself. It is decided in one place, by RFC 3834 and the closed list of
 * the specification (section 3): {@code Auto-Submitted} other than {@code no}, {@code List-*}, a null sender,
 * {@code Precedence: bulk|list|junk}, system senders. Fields that providers add to people's mail say nothing.
 */
public enum MailOrigin {
    /** A person. */
    PERSON,
    /** A program's answer to a mail: somebody is away. */
    AUTOMATIC_REPLY,
    /** A receipt that says that a mail was opened or deleted (RFC 8098). */
    RECEIPT,
    /** A report on the delivery of a mail (RFC 3464). */
    DELIVERY_REPORT,
    /** Whatever else a program sent: a list, a newsletter, a system. */
    PROGRAM;

    /** Whether it gets no automatic answer and answers nothing. */
    public boolean automatic() {
        return this != PERSON;
    }
}
