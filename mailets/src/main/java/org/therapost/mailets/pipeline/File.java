package org.therapost.mailets.pipeline;

import javax.inject.Inject;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.journeys.ReceiveMail;
import org.therapost.domain.journeys.SendAnswer;
import org.therapost.domain.pipeline.InboundMail;
import org.therapost.domain.pipeline.MailInPipeline;
import org.therapost.domain.pipeline.OutboundMail;

/** The last step, and the only one that commits the mail: what it returns is durable, and 250 may be said. */
public final class File extends PipelineStep {

    private final ReceiveMail receiveMail;
    private final SendAnswer sendAnswer;
    private final FileForServer forServer;

    @Inject
    public File(ReceiveMail receiveMail, SendAnswer sendAnswer, FileForServer forServer) {
        this.receiveMail = receiveMail;
        this.sendAnswer = sendAnswer;
        this.forServer = forServer;
    }

    @Override
    protected MailInPipeline next(MailInPipeline mail) throws RefusedException, CannotTellException {
        if (mail instanceof InboundMail.Sealed sealed) {
            return receiveMail.file(sealed);
        }
        if (mail instanceof OutboundMail.Sealed sealed) {
            return sendAnswer.file(sealed);
        }
        if (mail instanceof InboundMail.ForServer own) {
            return forServer.file(own);
        }
        throw outOfPlace(mail);
    }
}
