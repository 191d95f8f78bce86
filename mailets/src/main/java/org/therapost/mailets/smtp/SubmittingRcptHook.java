package org.therapost.mailets.smtp;

import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Refusal;
import org.therapost.domain.conversation.RefusedException;
import org.therapost.domain.conversation.SendAnswer;
import org.therapost.domain.people.EmailAddress;

/** RCPT on the submission server: one thread of one's own, and nobody else. */
public final class SubmittingRcptHook implements RcptHook {

    private final SendAnswer sendAnswer;
    private final AuditLog audit;

    @Inject
    public SubmittingRcptHook(SendAnswer sendAnswer, AuditLog audit) {
        this.sendAnswer = sendAnswer;
        this.audit = audit;
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        SubmittedRecipients recipients = SubmittedRecipients.of(session);
        try {
            EmailAddress address =
                    SmtpAddresses.read(recipient).orElseThrow(() -> new RefusedException(Refusal.NOT_A_THREAD));
            ClientThread thread = sendAnswer.addressee(SubmittedRecipients.account(session), address);
            recipients.add(address, thread.id());
            return HookResult.OK;
        } catch (RefusedException refused) {
            recipients.spoil();
            audit.refused(session, "RCPT", refused.refusal());
            return SmtpReplies.of(refused.refusal()).hookResult();
        } catch (CannotTellException unclear) {
            recipients.spoil();
            audit.cannotTell(session, "RCPT");
            return SmtpReplies.CANNOT_TELL.hookResult();
        }
    }
}
