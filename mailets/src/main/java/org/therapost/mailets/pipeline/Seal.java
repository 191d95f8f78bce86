package org.therapost.mailets.pipeline;

import javax.inject.Inject;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.journeys.ReceiveMail;
import org.therapost.domain.journeys.SendAnswer;
import org.therapost.domain.pipeline.InboundMail;
import org.therapost.domain.pipeline.MailInPipeline;
import org.therapost.domain.pipeline.OutboundMail;

/** The last step but one: only the thread's readers can open the mail from here on. {@code outbound} makes the parcel too. */
public final class Seal extends PipelineStep {

    private final ReceiveMail receiveMail;
    private final SendAnswer sendAnswer;

    @Inject
    public Seal(ReceiveMail receiveMail, SendAnswer sendAnswer) {
        this.receiveMail = receiveMail;
        this.sendAnswer = sendAnswer;
    }

    @Override
    protected MailInPipeline next(MailInPipeline mail) throws CannotTellException {
        if (mail instanceof InboundMail.Timed timed) {
            return receiveMail.seal(timed);
        }
        if (mail instanceof OutboundMail.Timed timed) {
            return sendAnswer.seal(timed);
        }
        if (mail instanceof InboundMail.ForServer) {
            return mail;
        }
        throw outOfPlace(mail);
    }
}
