package org.therapost.domain.conversation;

import java.time.Instant;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.carriage.BounceAddresses;
import org.therapost.domain.sealing.MailContent;

/**
 * A message on its way to a client. At rest it is sealed with the server key.
 *
 * @param content for {@link Carriage#OPENPGP} and {@link Carriage#TLS} what goes over the wire, for {@link Carriage#WAIT} what
 *     the therapist wrote
 * @param kind whose words it is
 */
public record Parcel(ParcelId id, ThreadId thread, Route route, MailContent content, Kind kind) {

    /**
     * From whom to whom, and how.
     *
     * @param carriage how it may travel
     * @param sender who sends it: the thread's address, in the envelope of what travels the parcel's own
     *     ({@link BounceAddresses}); empty for what nobody wrote and nothing may answer, which
     *     travels with the null reverse-path (RFC 5321 section 4.5.5)
     * @param recipient the client's address
     */
    public record Route(Carriage carriage, Optional<EmailAddress> sender, EmailAddress recipient) {

        /** The way of what somebody sends. */
        public Route(Carriage carriage, EmailAddress sender, EmailAddress recipient) {
            this(carriage, Optional.of(sender), recipient);
        }

        /** The same in an envelope of another sender. */
        public Route from(EmailAddress envelopeSender) {
            return new Route(carriage, Optional.of(envelopeSender), recipient);
        }
    }

    /**
     * Whose words a parcel is.
     *
     * @param author whose; the arrival of a letter of ours at the client's server is remembered, since what follows from it
     *     may depend on that
     * @param overtakesFrom from when on it need not wait for what was written before it (docs/sessions.md section 9: a cancellation
     *     within 24 h of its session); empty for what always keeps its place
     */
    public record Kind(Author author, Optional<Instant> overtakesFrom) {

        /** What the therapist wrote. */
        public static final Kind ANSWER = new Kind(Author.THERAPIST, Optional.empty());

        /** What we wrote. */
        public static final Kind LETTER = new Kind(Author.SERVER, Optional.empty());

        /** A letter of ours that need not wait, from an instant on, for what was written before it. */
        public static Kind overtaking(Instant from) {
            return new Kind(Author.SERVER, Optional.of(from));
        }

        public boolean ours() {
            return author == Author.SERVER;
        }

        /** Who wrote a parcel's words. */
        public enum Author {
            THERAPIST,
            SERVER
        }
    }

    /** A parcel that somebody sends, or, without a sender, a letter of ours. */
    public Parcel(ParcelId id, ThreadId thread, Route route, MailContent content) {
        this(id, thread, route, content, route.sender().isPresent() ? Kind.ANSWER : Kind.LETTER);
    }

    public Carriage carriage() {
        return route.carriage();
    }

    public Optional<EmailAddress> sender() {
        return route.sender();
    }

    public EmailAddress recipient() {
        return route.recipient();
    }

    /** The {@code Message-ID} of what was composed here. */
    public Optional<String> messageId() {
        return content.messageId();
    }

    /** The same parcel as it travels. */
    public Parcel from(EmailAddress envelopeSender) {
        return new Parcel(id, thread, route.from(envelopeSender), content, kind);
    }

    /** The same parcel once there is a way for it. */
    public Parcel ready(Carriage way, EmailAddress to, MailContent composed) {
        return new Parcel(id, thread, new Route(way, sender(), to), composed, kind);
    }

    @Override
    public String toString() {
        return "Parcel[" + id.value() + ", " + carriage() + ", " + content + "]";
    }
}
