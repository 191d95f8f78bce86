package org.therapost.mailets.pipeline;

import javax.inject.Inject;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.carriage.ReceiveReport;
import org.therapost.domain.office.OperatorMail;
import org.therapost.domain.pipeline.InboundMail;

/** Takes mail that is for the server itself: reports on parcels, and what is written to those who run it. */
public final class FileForServer {

    private final ReceiveReport receiveReport;
    private final OperatorMail operatorMail;

    @Inject
    public FileForServer(ReceiveReport receiveReport, OperatorMail operatorMail) {
        this.receiveReport = receiveReport;
        this.operatorMail = operatorMail;
    }

    /**
     * Takes one.
     *
     * @throws RefusedException if it is a report about nothing that we know
     * @throws CannotTellException if there is no room for more mail to the operators, or the database gave no answer
     */
    InboundMail.End file(InboundMail.ForServer mail) throws RefusedException, CannotTellException {
        if (mail instanceof InboundMail.ReportOnParcel report) {
            receiveReport.receive(report.parcel(), report.report());
            return new InboundMail.Reported();
        }
        if (mail instanceof InboundMail.ReportToThread report) {
            receiveReport.receive(report.thread(), report.report());
            return new InboundMail.Reported();
        }
        if (!operatorMail.keep(((InboundMail.ForOperators) mail).content())) {
            throw new CannotTellException("no room for more mail to the operators");
        }
        return new InboundMail.KeptForOperators();
    }
}
