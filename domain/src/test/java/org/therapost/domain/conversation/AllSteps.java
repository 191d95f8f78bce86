package org.therapost.domain.conversation;

import java.util.List;

/** Takes mail through all steps of its journey, in the order in which a pipeline without filters does. */
final class AllSteps {

    private AllSteps() {}

    static List<FiledMessage> receive(ReceiveMail journey, ArrivedMail mail)
            throws RefusedException, CannotTellException {
        InboundMail.Authenticated authenticated = journey.authenticate(mail);
        InboundMail.Admitted admitted = journey.admit(authenticated);
        InboundMail.Timed timed = journey.enforceTimes(admitted);
        InboundMail.Sealed sealed = journey.seal(timed);
        return journey.file(sealed).messages();
    }

    static FiledMessage send(SendAnswer journey, Submission submission) throws RefusedException, CannotTellException {
        OutboundMail.Authenticated authenticated = journey.authenticate(submission);
        OutboundMail.Admitted admitted = journey.admit(authenticated);
        OutboundMail.Timed timed = journey.enforceTimes(admitted);
        OutboundMail.Sealed sealed = journey.seal(timed);
        return journey.file(sealed).message();
    }
}
