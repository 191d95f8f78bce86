package org.therapost.domain.enrolment;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.Practice;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.domain.sealing.keys.SealedKey;

/**
 * Keeps who is enrolled. Each call is one transaction: all of it or nothing.
 *
 * <p>Every {@link EnrolmentException} says in one line what stands in the way, such as an address that is taken.
 */
public interface EnrolmentRegister {

    /** Adds a practice, its mail domain and its signing key. */
    void add(Practice practice, SigningKey signingKey) throws EnrolmentException, CannotTellException;

    Optional<Practice> practice(String domain) throws CannotTellException;

    /**
     * Adds a thread, the client's enrolment, the thread key's share and the folder {@code Clients/<name>}, subscribed.
     *
     * @param threadKeyId key ID of the thread key's encryption subkey
     * @param signing the thread key's signing subkey, which the server keeps
     */
    void add(ClientThread thread, long threadKeyId, SealedKey share, SigningSubkey signing)
            throws EnrolmentException, CannotTellException;

    /** Whether an address is in use, as login, public address or thread, or is that of a therapist who was added. */
    boolean taken(EmailAddress address) throws CannotTellException;

    /**
     * Records, or revokes, a client's consent to carriage over verified TLS; both are kept with their time. With a revocation the
     * pinned exchangers are forgotten, and whatever was to leave by {@code tls} waits, in the same transaction: an attempt that
     * has begun ends before its final dot.
     */
    void setTlsConsent(ThreadId thread, boolean given) throws CannotTellException;

    /** All threads, oldest first; only what operators may see. */
    List<ThreadSummary> threads() throws CannotTellException;
}
