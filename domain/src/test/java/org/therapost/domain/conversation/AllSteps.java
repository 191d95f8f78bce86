package org.therapost.domain.conversation;

import java.util.List;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.conversation.incoming.Submission;
import org.therapost.domain.journeys.ReceiveMail;
import org.therapost.domain.journeys.SendAnswer;
import org.therapost.domain.pipeline.InboundMail;
import org.therapost.domain.pipeline.OutboundMail;

/** Takes mail through all steps of its journey, in the order in which a pipeline without filters does. */
public final class AllSteps {

    private AllSteps() {}

    public static List<FiledMessage> receive(ReceiveMail journey, ArrivedMail mail)
            throws RefusedException, CannotTellException {
        InboundMail.Authenticated authenticated = journey.authenticate(mail);
        InboundMail.Admitted admitted = journey.admit(authenticated);
        InboundMail.Timed timed = journey.enforceTimes(admitted);
        InboundMail.Sealed sealed = journey.seal(timed);
        return journey.file(sealed).messages();
    }

    public static FiledMessage send(SendAnswer journey, Submission submission)
            throws RefusedException, CannotTellException {
        OutboundMail.Authenticated authenticated = journey.authenticate(submission);
        OutboundMail.Admitted admitted = journey.admit(authenticated);
        OutboundMail.Timed timed = journey.enforceTimes(admitted);
        OutboundMail.Sealed sealed = journey.seal(timed);
        return journey.file(sealed).message();
    }
}
