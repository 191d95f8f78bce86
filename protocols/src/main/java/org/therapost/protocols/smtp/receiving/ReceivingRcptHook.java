package org.therapost.protocols.smtp.receiving;

import java.util.Optional;
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
import org.therapost.domain.carriage.ReceiveReport;
import org.therapost.domain.carriage.SentParcels;
import org.therapost.domain.conversation.Directory;
import org.therapost.protocols.smtp.handlers.AuditLog;
import org.therapost.protocols.smtp.handlers.EnvelopeRcptCommand;
import org.therapost.protocols.smtp.handlers.ReceivedRecipients;
import org.therapost.protocols.smtp.handlers.SmtpReplies;

/** RCPT on the public server: only addresses of ours, whoever asks and from wherever. */
public final class ReceivingRcptHook implements RcptHook {

    private static final int RECIPIENTS = 100;

    private final Directory directory;
    private final OperatorAddresses operators;
    private final ReceiveReport receiveReport;
    private final AuditLog audit;

    @Inject
    public ReceivingRcptHook(
            Directory directory, OperatorAddresses operators, ReceiveReport receiveReport, AuditLog audit) {
        this.directory = directory;
        this.operators = operators;
        this.receiveReport = receiveReport;
        this.audit = audit;
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        try {
            if (session.getRcptCount() >= RECIPIENTS) {
                return SmtpReplies.TOO_MANY_RECIPIENTS.hookResult();
            }
            ReceivedRecipients recipients = ReceivedRecipients.of(session);
            boolean operator = operators.contains(recipient);
            if (session.getRcptCount() > 0 && operator != recipients.operator()) {
                // Two kinds of mail that end in two places: the sender comes back with the other one.
                return SmtpReplies.TOO_MANY_RECIPIENTS.hookResult();
            }
            if (operator) {
                recipients.addOperator();
                return HookResult.OK;
            }
            EmailAddress address = EnvelopeRcptCommand.recipient(session, recipient)
                    .orElseThrow(() -> new RefusedException(Refusal.UNKNOWN_RECIPIENT));
            Optional<SentParcels.Sent> reported = receiveReport.addressee(address, sender.isNullSender());
            if (recipients.reported().isPresent()
                    || (reported.isPresent() && !recipients.destinations().isEmpty())) {
                // A report is for one address.
                return SmtpReplies.TOO_MANY_RECIPIENTS.hookResult();
            }
            if (reported.isPresent()) {
                recipients.add(reported.get());
            } else {
                recipients.add(directory.resolve(address));
            }
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
