package org.therapost.protocols.smtp.submission;

import javax.inject.Inject;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.therapost.domain.answers.Refusal;
import org.therapost.protocols.smtp.handlers.AuditLog;
import org.therapost.protocols.smtp.handlers.EnvelopeMailCommand;
import org.therapost.protocols.smtp.handlers.SmtpReplies;

/** MAIL on the submission server: over TLS, logged in, as oneself or with a null sender. */
public final class SubmittingMailHook implements MailHook {

    private final AuditLog audit;

    @Inject
    public SubmittingMailHook(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        if (!session.isTLSStarted()) {
            return SmtpReplies.TLS_REQUIRED.hookResult();
        }
        if (!SubmittedRecipients.loggedIn(session)) {
            return SmtpReplies.AUTHENTICATION_REQUIRED.hookResult();
        }
        // Mail programs send receipts with a null sender (RFC 8098 section 2.1).
        boolean self = EnvelopeMailCommand.sender(session)
                .map(path -> path.is(SubmittedRecipients.account(session)))
                .orElse(true);
        if (!self) {
            audit.refused(session, "MAIL", Refusal.NOT_SELF);
            return SmtpReplies.of(Refusal.NOT_SELF).hookResult();
        }
        return HookResult.DECLINED;
    }
}
