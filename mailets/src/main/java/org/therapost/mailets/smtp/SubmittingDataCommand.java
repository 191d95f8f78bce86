package org.therapost.mailets.smtp;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.protocols.smtp.SMTPSession;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.OutboundMail;
import org.therapost.domain.conversation.Pipelines;
import org.therapost.domain.conversation.RefusedException;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sealing.MailContent;

/** DATA on the submission server: the mail runs through the pipeline {@code outbound}. */
public final class SubmittingDataCommand extends MessageDataCommand {

    private final Pipelines pipelines;
    private final AuditLog audit;

    @Inject
    public SubmittingDataCommand(MessageLimit limit, Pipelines pipelines, AuditLog audit) {
        super(limit, audit);
        this.pipelines = pipelines;
        this.audit = audit;
    }

    @Override
    protected Optional<SmtpReply> objection(SMTPSession session) {
        return SubmittedRecipients.of(session).spoiled() ? Optional.of(SmtpReplies.SPOILED) : super.objection(session);
    }

    @Override
    protected void take(SMTPSession session, MailContent content) throws RefusedException, CannotTellException {
        EmailAddress account = SubmittedRecipients.account(session);
        OutboundMail.Filed end = pipelines.outbound(new OutboundMail.Submitted(
                account,
                // At MAIL it was found to be the account's, or nobody's.
                EnvelopeMailCommand.sender(session).map(path -> account),
                SubmittedRecipients.of(session).addresses(),
                content));
        audit.submitted(session, end.message());
    }
}
