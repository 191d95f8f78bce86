package org.therapost.mailets.pipeline;

import java.util.Optional;
import javax.inject.Inject;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.journeys.ReceiveMail;
import org.therapost.domain.journeys.SendAnswer;
import org.therapost.domain.pipeline.InboundMail;
import org.therapost.domain.pipeline.MailInPipeline;
import org.therapost.domain.pipeline.OutboundMail;
import org.therapost.mailets.mime.MailHeader;

/**
 * The first step. {@code inbound}: SPF, DKIM and DMARC prove who wrote. {@code outbound}: the mail speaks for nobody but the
 * therapist who is logged in. The mail is read here, once, within the limits of {@link org.therapost.mailets.mime.MailReader}.
 */
public final class AuthenticateSender extends PipelineStep {

    private final MailIntake intake;
    private final ReceiveMail receiveMail;
    private final SendAnswer sendAnswer;

    @Inject
    public AuthenticateSender(MailIntake intake, ReceiveMail receiveMail, SendAnswer sendAnswer) {
        this.intake = intake;
        this.receiveMail = receiveMail;
        this.sendAnswer = sendAnswer;
    }

    @Override
    protected MailInPipeline next(MailInPipeline mail) throws RefusedException, CannotTellException {
        if (mail instanceof InboundMail.Delivered delivered) {
            MailHeader header = intake.read(delivered.content());
            Optional<InboundMail.ForServer> own = intake.forServer(delivered);
            return own.isPresent() ? own.get() : receiveMail.authenticate(intake.arrived(delivered, header));
        }
        if (mail instanceof OutboundMail.Submitted submitted) {
            return sendAnswer.authenticate(intake.submission(submitted));
        }
        throw outOfPlace(mail);
    }
}
