package org.therapost.mailets.smtp;

import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.protocols.smtp.SMTPSession;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.DeliveryReport;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.ReceiveReport;
import org.therapost.domain.conversation.RefusedException;
import org.therapost.domain.conversation.ReversePath;
import org.therapost.domain.conversation.SentParcels;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.reports.DeliveryReports;

/** DATA on the public server, if it is a report about mail of ours: the journey {@link ReceiveReport}. */
public final class ReportTaking {

    private final ReceiveReport receiveReport;
    private final DeliveryReports reports;
    private final Directory directory;
    private final AuditLog audit;

    @Inject
    public ReportTaking(ReceiveReport receiveReport, DeliveryReports reports, Directory directory, AuditLog audit) {
        this.receiveReport = receiveReport;
        this.reports = reports;
        this.directory = directory;
        this.audit = audit;
    }

    /**
     * Takes it if it is one.
     *
     * @throws RefusedException if it is a report about nothing that we know
     */
    boolean take(SMTPSession session, ReceivedRecipients recipients, Optional<ReversePath> sender, MailContent content)
            throws RefusedException, CannotTellException {
        List<Destination> destinations = recipients.destinations();
        boolean toThread = destinations.size() == 1 && destinations.get(0) instanceof Destination.ToThread;
        if (sender.isPresent() || (recipients.reported().isEmpty() && !toThread)) {
            return false;
        }
        Optional<DeliveryReport> report = reports.read(content);
        if (report.isEmpty()) {
            return false;
        }
        if (recipients.reported().isPresent()) {
            receiveReport.receive(recipients.reported().get(), report.get());
        } else {
            receiveReport.receive(
                    ((Destination.ToThread) destinations.get(0)).thread().id(), report.get());
        }
        audit.reported(session);
        return true;
    }

    /** To where the mail goes if it is no report. */
    List<Destination> destinations(ReceivedRecipients recipients) throws RefusedException, CannotTellException {
        Optional<SentParcels.Sent> reported = recipients.reported();
        return reported.isPresent()
                ? List.of(
                        new Destination.ToThread(directory.thread(reported.get().thread())))
                : recipients.destinations();
    }
}
