package org.therapost.mailets.pipeline;

import javax.inject.Inject;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.InboundMail;
import org.therapost.domain.conversation.MailInPipeline;
import org.therapost.domain.conversation.OutboundMail;
import org.therapost.domain.conversation.ReceiveMail;
import org.therapost.domain.conversation.RefusedException;
import org.therapost.domain.conversation.SendAnswer;

/** The last step, and the only one that commits the mail: what it returns is durable, and 250 may be said. */
public final class File extends Step {

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
