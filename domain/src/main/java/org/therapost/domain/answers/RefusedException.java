package org.therapost.domain.answers;

import java.util.List;
import org.therapost.domain.addresses.EmailAddress;

/** A final no. */
public class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final transient List<EmailAddress> threads;

    public RefusedException(Refusal refusal) {
        this(refusal, List.of());
    }

    /** @param threads addresses of threads that may be meant; they are the therapist's to know */
    public RefusedException(Refusal refusal, List<EmailAddress> threads) {
        super(refusal.name());
        this.refusal = refusal;
        this.threads = List.copyOf(threads);
    }

    public Refusal refusal() {
        return refusal;
    }

    /** Addresses of threads that may be meant. */
    public List<EmailAddress> threads() {
        return threads;
    }
}
