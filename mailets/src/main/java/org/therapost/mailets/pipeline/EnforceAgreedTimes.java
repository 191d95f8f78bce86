package org.therapost.mailets.pipeline;

import javax.inject.Inject;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.journeys.ReceiveMail;
import org.therapost.domain.journeys.SendAnswer;
import org.therapost.domain.pipeline.InboundMail;
import org.therapost.domain.pipeline.MailInPipeline;
import org.therapost.domain.pipeline.OutboundMail;

/**
 * The step after the filters: reads what the agreed times of the thread decide with. The decision itself falls at the acceptance
 * instant, which is the database's, in the transaction of {@link File}.
 */
public final class EnforceAgreedTimes extends PipelineStep {

    private final ReceiveMail receiveMail;
    private final SendAnswer sendAnswer;

    @Inject
    public EnforceAgreedTimes(ReceiveMail receiveMail, SendAnswer sendAnswer) {
        this.receiveMail = receiveMail;
        this.sendAnswer = sendAnswer;
    }

    @Override
    protected MailInPipeline next(MailInPipeline mail) throws RefusedException, CannotTellException {
        if (mail instanceof InboundMail.Admitted admitted) {
            return receiveMail.enforceTimes(admitted);
        }
        if (mail instanceof OutboundMail.Admitted admitted) {
            return sendAnswer.enforceTimes(admitted);
        }
        if (mail instanceof InboundMail.ForServer) {
            return mail;
        }
        throw outOfPlace(mail);
    }
}
