package org.therapost.domain.conversation;

import java.time.Instant;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.carriage.BounceAddresses;
import org.therapost.domain.sealing.MailContent;

/**
 * A message on its way to a client. At rest it is sealed with the spool key.
 *
 * @param carriage how it may travel, and so what {@code content} is: for {@link Carriage#OPENPGP} and
 *     {@link Carriage#TLS} what goes over the wire, for {@link Carriage#WAIT} what the therapist wrote
 * @param sender who sends it: the thread's address, in the envelope of what travels the parcel's own
 *     ({@link BounceAddresses}); empty for what nobody wrote and nothing may answer, which
 *     travels with the null reverse-path (RFC 5321 section 4.5.5)
 * @param recipient the client's address
 * @param kind whose words it is
 */
public record Parcel(
        ParcelId id,
        ThreadId thread,
        Carriage carriage,
        Optional<EmailAddress> sender,
        EmailAddress recipient,
        MailContent content,
        Kind kind) {

    /**
     * Whose words a parcel is.
     *
     * @param ours a letter of ours to the client; its arrival at the client's server is remembered, since what follows from
     *     it may depend on that
     * @param overtakesFrom from when on it need not wait for what was written before it (docs/sessions.md section 9: a cancellation
     *     within 24 h of its session); empty for what always keeps its place
     */
    public record Kind(boolean ours, Optional<Instant> overtakesFrom) {

        /** What the therapist wrote. */
        public static final Kind ANSWER = new Kind(false, Optional.empty());

        /** What we wrote. */
        public static final Kind LETTER = new Kind(true, Optional.empty());
    }

    /** A parcel that somebody sends, or, without a sender, a letter of ours. */
    public Parcel(
            ParcelId id,
            ThreadId thread,
            Carriage carriage,
            Optional<EmailAddress> sender,
            EmailAddress recipient,
            MailContent content) {
        this(id, thread, carriage, sender, recipient, content, sender.isPresent() ? Kind.ANSWER : Kind.LETTER);
    }

    /** A parcel that somebody sends. */
    public Parcel(
            ParcelId id,
            ThreadId thread,
            Carriage carriage,
            EmailAddress sender,
            EmailAddress recipient,
            MailContent content) {
        this(id, thread, carriage, Optional.of(sender), recipient, content);
    }

    /** The {@code Message-ID} of what was composed here. */
    public Optional<String> messageId() {
        return content.messageId();
    }

    /** The same parcel as it travels. */
    public Parcel from(EmailAddress envelopeSender) {
        return new Parcel(id, thread, carriage, Optional.of(envelopeSender), recipient, content, kind);
    }

    /** The same parcel once there is a way for it. */
    public Parcel ready(Carriage way, EmailAddress to, MailContent composed) {
        return new Parcel(id, thread, way, sender, to, composed, kind);
    }

    @Override
    public String toString() {
        return "Parcel[" + id.value() + ", " + carriage + ", " + content + "]";
    }
}
