package org.therapost.protocols.smtp.handlers;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.RcptCmdHandler;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.addresses.Ascii;
import org.therapost.domain.addresses.EmailAddress;

/** RCPT, with recipients beyond ASCII (RFC 6531), which James's addresses cannot hold. */
public final class EnvelopeRcptCommand extends RcptCmdHandler {

    private static final AttachmentKey<EmailAddress> RECIPIENT =
            AttachmentKey.of("therapost.recipient", EmailAddress.class);

    @Inject
    public EnvelopeRcptCommand(MetricFactory metrics) {
        super(metrics);
    }

    /** The recipient of the current command; empty if it is no mailbox address in our sense. */
    public static Optional<EmailAddress> recipient(SMTPSession session, MailAddress jamess) {
        return session.getAttachment(RECIPIENT, State.Transaction).or(() -> SmtpAddresses.read(jamess));
    }

    @Override
    protected @Nullable Response doFilterChecks(SMTPSession session, String command, @Nullable String argument) {
        session.removeAttachment(RECIPIENT, State.Transaction);
        Optional<EnvelopePath> given = EnvelopePath.of(argument).filter(path -> !Ascii.isAscii(path.path()));
        if (given.isEmpty()) {
            return super.doFilterChecks(session, command, argument);
        }
        if (!Utf8Extension.isInForce(session)) {
            return SmtpReplies.NEEDS_SMTPUTF8.response();
        }
        Optional<EmailAddress> recipient = SmtpAddresses.read(given.get().path());
        if (recipient.isEmpty()) {
            return super.doFilterChecks(session, command, argument);
        }
        session.setAttachment(RECIPIENT, recipient.get(), State.Transaction);
        return super.doFilterChecks(session, command, given.get().forJames());
    }
}
