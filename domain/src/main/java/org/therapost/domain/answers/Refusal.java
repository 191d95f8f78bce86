package org.therapost.domain.answers;

/** Why the answer is a final no. One table in the adapters turns each into an SMTP reply. */
public enum Refusal {
    /** Nobody here has that address. */
    UNKNOWN_RECIPIENT,
    /** The sender may not write there, or is not authenticated. The reply does not say which. */
    NOT_AUTHENTIC,
    /** The author's provider signed it, but what it signed does not prove that it was meant for this address. */
    NOT_PROVED,
    /** A header field that may occur once occurs twice: RFC 5322 section 3.6. */
    REPEATED_FIELD,
    /** An invitation from outside whose sender is not a known address of the therapist. */
    INVITATION_NOT_AUTHENTIC,
    /** The message has more octets than the limit. */
    TOO_LARGE,
    /** The message is nested too deep, has too many parts, or is no message. */
    MALFORMED,
    /** It is encrypted with the thread's key, which opens nothing where mail is read yet. */
    ENCRYPTED_TO_THREAD,
    /** It has passed too many servers: RFC 5321 section 6.3. */
    LOOPING,
    /** The account does not own the address in the envelope or in {@code From:}. */
    NOT_SELF,
    /** A therapist wrote to an address that is none of their threads. */
    NOT_A_THREAD,
    /** A therapist's message names more than one thread. */
    SEVERAL_THREADS,
    /** A therapist's message names a client's mailbox that belongs to several threads of this therapist. */
    SEVERAL_THREADS_OF_MAILBOX,
    /** A therapist's message names somebody outside beside a thread or the office. */
    OUTSIDE_BESIDE,
    /** A therapist's message names the office beside a thread. */
    OFFICE_BESIDE,
    /** The mailbox of the client was entered in a form that is refused now: no mail can go there. */
    UNREACHABLE_CLIENT,
    /** A therapist's message to a client answers a note that is for the therapist alone. */
    ANSWERS_A_NOTE,
    /** A therapist's message to a client answers a message of another client. */
    ANSWERS_ANOTHER_THREAD,
    /** A filter of the operator's refused it; the operator wrote the reply. */
    BY_FILTER
}
