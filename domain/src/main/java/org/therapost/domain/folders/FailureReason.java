package org.therapost.domain.folders;

/** Why a command of IMAP failed, beyond James's "failed". The store leaves it under this class in the mailbox session. */
public enum FailureReason {

    /** RFC 9208 section 4.3: a quota does not allow it. */
    OVERQUOTA,

    /** RFC 5530: it can never succeed. */
    CANNOT
}
