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
 * The second step. {@code inbound}: only the enrolled client may write to a thread. {@code outbound}: the mail has one
 * addressee, a client of the therapist's or the office. Filters come after it, so that strangers cost no filter.
 */
public final class AdmitEnrolled extends PipelineStep {

    private final ReceiveMail receiveMail;
    private final SendAnswer sendAnswer;

    @Inject
    public AdmitEnrolled(ReceiveMail receiveMail, SendAnswer sendAnswer) {
        this.receiveMail = receiveMail;
        this.sendAnswer = sendAnswer;
    }

    @Override
    protected MailInPipeline next(MailInPipeline mail) throws RefusedException, CannotTellException {
        if (mail instanceof InboundMail.Authenticated authenticated) {
            return receiveMail.admit(authenticated);
        }
        if (mail instanceof OutboundMail.Authenticated authenticated) {
            return sendAnswer.admit(authenticated);
        }
        if (mail instanceof InboundMail.ForServer) {
            return mail;
        }
        throw outOfPlace(mail);
    }
}
