package org.therapost.protocols.smtp.receiving;

import javax.inject.Inject;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.pipeline.InboundMail;
import org.therapost.domain.pipeline.Pipelines;
import org.therapost.domain.sealing.MailContent;
import org.therapost.protocols.limits.MessageLimit;
import org.therapost.protocols.smtp.handlers.AuditLog;
import org.therapost.protocols.smtp.handlers.EnvelopeMailCommand;
import org.therapost.protocols.smtp.handlers.MessageDataCommand;
import org.therapost.protocols.smtp.handlers.ReceivedRecipients;

/** DATA on the public server: the mail runs through the pipeline {@code inbound}. */
public final class ReceivingDataCommand extends MessageDataCommand {

    private final Pipelines pipelines;
    private final AuditLog audit;

    @Inject
    public ReceivingDataCommand(MessageLimit limit, Pipelines pipelines, AuditLog audit) {
        super(limit, audit);
        this.pipelines = pipelines;
        this.audit = audit;
    }

    @Override
    protected void take(SMTPSession session, MailContent content) throws RefusedException, CannotTellException {
        InboundMail.Recipients recipients = ReceivedRecipients.of(session).all();
        InboundMail.End end = pipelines.inbound(new InboundMail.Delivered(
                session.getRemoteAddress().getAddress(),
                session.getAttachment(SMTPSession.CURRENT_HELO_NAME, State.Connection)
                        .orElse(""),
                EnvelopeMailCommand.sender(session),
                recipients,
                content));
        audit.received(session, end, recipients.destinations());
    }
}
