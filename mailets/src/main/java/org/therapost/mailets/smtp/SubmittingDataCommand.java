package org.therapost.mailets.smtp;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.protocols.smtp.SMTPSession;
import org.therapost.domain.conversation.Answered;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.Refusal;
import org.therapost.domain.conversation.RefusedException;
import org.therapost.domain.conversation.SendAnswer;
import org.therapost.domain.conversation.Submission;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.mime.AddressList;
import org.therapost.mailets.mime.MailHeader;
import org.therapost.mailets.mime.MailReader;

/** DATA on the submission server: the journey {@link SendAnswer}. */
public final class SubmittingDataCommand extends MessageDataCommand {

    private final SendAnswer sendAnswer;
    private final MailReader reader;
    private final AuditLog audit;

    @Inject
    public SubmittingDataCommand(MessageLimit limit, SendAnswer sendAnswer, MailReader reader, AuditLog audit) {
        super(limit, audit);
        this.sendAnswer = sendAnswer;
        this.reader = reader;
        this.audit = audit;
    }

    @Override
    protected Optional<SmtpReply> objection(SMTPSession session) {
        return SubmittedRecipients.of(session).spoiled() ? Optional.of(SmtpReplies.SPOILED) : super.objection(session);
    }

    @Override
    protected void take(SMTPSession session, MailContent content) throws RefusedException, CannotTellException {
        MailHeader header = reader.read(content);
        AddressList speakers = header.speakers();
        AddressList named = header.named();
        if (!speakers.complete()) {
            throw new RefusedException(Refusal.NOT_SELF);
        }
        if (!named.complete()) {
            throw new RefusedException(Refusal.NOT_A_THREAD);
        }
        EmailAddress account = SubmittedRecipients.account(session);
        Submission submission = new Submission(
                account,
                // At MAIL it was found to be the account's, or nobody's.
                EnvelopeMailCommand.sender(session).map(path -> account),
                SubmittedRecipients.of(session).addresses(),
                speakers.readable(),
                named.readable(),
                new Answered(header.inReplyTo(), header.references()),
                header.messageId(),
                content);
        audit.submitted(session, sendAnswer.send(submission));
    }
}
