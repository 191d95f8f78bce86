package org.therapost.protocols.smtp.handlers;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.MailCmdHandler;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.addresses.Ascii;
import org.therapost.domain.addresses.ReversePath;

/**
 * MAIL, with senders as providers make them: {@code a..b.@provider.example}, quoted, over-long, beyond ASCII. What they say
 * before the {@code @} is nobody's business here, and refusing it would refuse an honest client.
 */
public final class EnvelopeMailCommand extends MailCmdHandler {

    private static final AttachmentKey<ReversePath> SENDER =
            AttachmentKey.of("therapost.reverse-path", ReversePath.class);

    @Inject
    public EnvelopeMailCommand(MetricFactory metrics) {
        super(metrics);
    }

    /** The envelope sender of the current transaction; empty for {@code <>}. */
    public static Optional<ReversePath> sender(SMTPSession session) {
        return session.getAttachment(SENDER, State.Transaction);
    }

    @Override
    protected @Nullable Response doFilterChecks(SMTPSession session, String command, @Nullable String argument) {
        Optional<EnvelopePath> given = EnvelopePath.of(argument);
        if (given.isEmpty()
                || session.getAttachment(SMTPSession.SENDER, State.Transaction).isPresent()) {
            return super.doFilterChecks(session, command, argument);
        }
        EnvelopePath path = given.get();
        if (!Ascii.isAscii(path.path()) && !path.international()) {
            return SmtpReplies.NEEDS_SMTPUTF8.response();
        }
        session.removeAttachment(SENDER, State.Transaction);
        ReversePath.of(path.path()).ifPresent(sender -> session.setAttachment(SENDER, sender, State.Transaction));
        return super.doFilterChecks(session, command, path.isJamess() ? argument : path.forJames());
    }
}
