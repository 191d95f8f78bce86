package org.therapost.domain.office;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.MailContent;

/**
 * Mail to {@code postmaster} and {@code abuse} (RFC 5321 section 4.5.1, RFC 2142 section 4). It is for those who run the
 * server, and for no therapist: it is kept, sealed by the server's own key, until they read it. Nothing of it is forwarded.
 */
public interface OperatorMail {

    /** One mail. */
    record Item(UUID id, Instant arrived, long size) {}

    /**
     * Keeps a mail; it is durable on return.
     *
     * @return whether there was room for it
     */
    boolean keep(MailContent mail) throws CannotTellException;

    /** What is there, oldest first. */
    List<Item> list() throws CannotTellException;

    /** One mail; empty if it is not there. */
    Optional<MailContent> read(UUID id) throws CannotTellException;

    /**
     * Removes one mail.
     *
     * @return whether it was there
     */
    boolean remove(UUID id) throws CannotTellException;
}
