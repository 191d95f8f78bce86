package org.therapost.mailets.smtp;

import javax.inject.Inject;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.InboundMail;
import org.therapost.domain.conversation.Pipelines;
import org.therapost.domain.conversation.RefusedException;
import org.therapost.domain.sealing.MailContent;

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
