package org.therapost.mailets.smtp;

import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.Refusal;
import org.therapost.domain.conversation.RefusedException;

/** RCPT on the public server: only addresses of ours, whoever asks and from wherever. */
public final class ReceivingRcptHook implements RcptHook {

    private static final int RECIPIENTS = 100;

    private final Directory directory;
    private final AuditLog audit;

    @Inject
    public ReceivingRcptHook(Directory directory, AuditLog audit) {
        this.directory = directory;
        this.audit = audit;
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        try {
            if (session.getRcptCount() >= RECIPIENTS) {
                return SmtpReplies.TOO_MANY_RECIPIENTS.hookResult();
            }
            ReceivedRecipients.of(session)
                    .add(directory.resolve(SmtpAddresses.read(recipient)
                            .orElseThrow(() -> new RefusedException(Refusal.UNKNOWN_RECIPIENT))));
            return HookResult.OK;
        } catch (RefusedException refused) {
            audit.refused(session, "RCPT", refused.refusal());
            return SmtpReplies.of(refused.refusal()).hookResult();
        } catch (CannotTellException unclear) {
            audit.cannotTell(session, "RCPT");
            return SmtpReplies.CANNOT_TELL.hookResult();
        }
    }
}
