package org.therapost.protocols.smtp.submission;

import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.journeys.AddresseeResolver;
import org.therapost.domain.pipeline.Addressee;
import org.therapost.protocols.smtp.handlers.AuditLog;
import org.therapost.protocols.smtp.handlers.EnvelopeRcptCommand;
import org.therapost.protocols.smtp.handlers.SmtpReplies;

/** RCPT on the submission server: one client of one's own or the office, and nobody else. */
public final class SubmittingRcptHook implements RcptHook {

    private final AddresseeResolver addresseeResolver;
    private final AuditLog audit;

    @Inject
    public SubmittingRcptHook(AddresseeResolver addresseeResolver, AuditLog audit) {
        this.addresseeResolver = addresseeResolver;
        this.audit = audit;
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        SubmittedRecipients recipients = SubmittedRecipients.of(session);
        try {
            EmailAddress address = EnvelopeRcptCommand.recipient(session, recipient)
                    .orElseThrow(() -> new RefusedException(Refusal.NOT_A_THREAD));
            EmailAddress account = SubmittedRecipients.account(session);
            Addressee addressee = recipients.addressee().isPresent()
                    ? addresseeResolver.beside(recipients.addressee().get(), account, address)
                    : addresseeResolver.of(account, address);
            recipients.add(address, addressee);
            return HookResult.OK;
        } catch (RefusedException refused) {
            recipients.spoil();
            audit.refused(session, "RCPT", refused.refusal());
            return SmtpReplies.of(refused).hookResult();
        } catch (CannotTellException unclear) {
            recipients.spoil();
            audit.cannotTell(session, "RCPT");
            return SmtpReplies.CANNOT_TELL.hookResult();
        }
    }
}
