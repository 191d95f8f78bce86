package org.therapost.protocols.smtp.submission;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.protocols.smtp.SMTPSession;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.pipeline.OutboundMail;
import org.therapost.domain.pipeline.Pipelines;
import org.therapost.domain.sealing.MailContent;
import org.therapost.protocols.limits.MessageLimit;
import org.therapost.protocols.smtp.handlers.AuditLog;
import org.therapost.protocols.smtp.handlers.EnvelopeMailCommand;
import org.therapost.protocols.smtp.handlers.MessageDataCommand;
import org.therapost.protocols.smtp.handlers.SmtpReplies;
import org.therapost.protocols.smtp.handlers.SmtpReply;

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
