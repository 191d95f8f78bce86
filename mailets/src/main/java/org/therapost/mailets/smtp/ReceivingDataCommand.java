package org.therapost.mailets.smtp;

import java.util.List;
import javax.inject.Inject;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.therapost.domain.conversation.ArrivedMail;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.ReceiveMail;
import org.therapost.domain.conversation.Refusal;
import org.therapost.domain.conversation.RefusedException;
import org.therapost.domain.office.OperatorMail;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.mime.EncryptedMail;
import org.therapost.mailets.mime.MailHeader;
import org.therapost.mailets.mime.MailReader;

/** DATA on the public server: the journey {@link ReceiveMail}. */
public final class ReceivingDataCommand extends MessageDataCommand {

    private final ReceiveMail receiveMail;
    private final OperatorMail operatorMail;
    private final ReportTaking report;
    private final MailReader reader;
    private final AuditLog audit;

    @Inject
    public ReceivingDataCommand(
            MessageLimit limit,
            ReceiveMail receiveMail,
            OperatorMail operatorMail,
            ReportTaking report,
            MailReader reader,
            AuditLog audit) {
        super(limit, audit);
        this.report = report;
        this.receiveMail = receiveMail;
        this.operatorMail = operatorMail;
        this.reader = reader;
        this.audit = audit;
    }

    @Override
    protected void take(SMTPSession session, MailContent content) throws RefusedException, CannotTellException {
        MailHeader header = reader.read(content);
        ReceivedRecipients recipients = ReceivedRecipients.of(session);
        if (recipients.operator()) {
            if (!operatorMail.keep(content)) {
                throw new CannotTellException("no room for more mail to the operators");
            }
            audit.receivedForOperator(session);
            return;
        }
        if (report.take(session, recipients, EnvelopeMailCommand.sender(session), content)) {
            return;
        }
        // What answers a parcel of ours by itself, such as an absence note, is mail for its thread.
        List<Destination> destinations = report.destinations(recipients);
        if (destinations.isEmpty()) {
            throw new RefusedException(Refusal.UNKNOWN_RECIPIENT);
        }
        ArrivedMail mail = new ArrivedMail(
                session.getRemoteAddress().getAddress(),
                session.getAttachment(SMTPSession.CURRENT_HELO_NAME, State.Connection)
                        .orElse(""),
                EnvelopeMailCommand.sender(session),
                destinations,
                header.messageId(),
                header.answered(),
                EncryptedMail.message(header, content),
                content);
        audit.received(session, receiveMail.receive(mail), destinations);
    }
}
