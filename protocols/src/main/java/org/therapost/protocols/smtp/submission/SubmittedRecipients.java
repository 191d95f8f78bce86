package org.therapost.protocols.smtp.submission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.core.Username;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.pipeline.Addressee;

/**
 * The recipients of the current transaction on the submission server. One that was refused spoils it: a mail program may
 * go on with the others, but half a message must not leave.
 */
final class SubmittedRecipients {

    private static final AttachmentKey<SubmittedRecipients> KEY =
            AttachmentKey.of("therapost.submitted", SubmittedRecipients.class);

    private final List<EmailAddress> addresses = new ArrayList<>();
    private @Nullable Addressee addressee;
    private boolean spoiled;

    static SubmittedRecipients of(SMTPSession session) {
        return session.getAttachment(KEY, State.Transaction).orElseGet(() -> {
            SubmittedRecipients none = new SubmittedRecipients();
            session.setAttachment(KEY, none, State.Transaction);
            return none;
        });
    }

    /** Whether somebody has logged in on this connection. */
    static boolean loggedIn(SMTPSession session) {
        return Optional.ofNullable(session.getUsername()).isPresent();
    }

    /** Who has logged in on this connection. */
    static EmailAddress account(SMTPSession session) {
        return Optional.ofNullable(session.getUsername())
                .map(Username::asString)
                .map(EmailAddress::of)
                .orElseThrow(() -> new IllegalStateException("nobody has logged in"));
    }

    /** To whom the message goes so far. */
    Optional<Addressee> addressee() {
        return Optional.ofNullable(addressee);
    }

    void add(EmailAddress address, Addressee leadsTo) {
        addressee = leadsTo;
        addresses.add(address);
    }

    void spoil() {
        spoiled = true;
    }

    boolean spoiled() {
        return spoiled;
    }

    List<EmailAddress> addresses() {
        return List.copyOf(addresses);
    }
}
