package org.therapost.mailets.pipeline;

import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.pipeline.MailInPipeline;

/** One step of a pipeline, as a mailet: it translates, and the journey does the work. */
public abstract class PipelineStep extends GenericMailet {

    /**
     * Makes the next value of a mail.
     *
     * @param mail what the step before made of it
     */
    protected abstract MailInPipeline next(MailInPipeline mail) throws RefusedException, CannotTellException;

    @Override
    public final void service(Mail mail) throws MessagingException {
        MailInPipeline next = answer(PipelineAttribute.of(mail));
        PipelineAttribute.put(mail, next);
        if (next.ended()) {
            mail.setState(Mail.GHOST);
        }
    }

    private MailInPipeline answer(MailInPipeline mail) {
        try {
            return next(mail);
        } catch (RefusedException refused) {
            return new MailInPipeline.Stopped.Refused(refused);
        } catch (CannotTellException unclear) {
            return new MailInPipeline.Stopped.Deferred(unclear);
        }
    }

    /** The order of the steps is checked at start, so this is a bug. */
    final IllegalStateException outOfPlace(MailInPipeline mail) {
        return new IllegalStateException(
                getClass().getSimpleName() + " cannot take " + mail.getClass().getSimpleName());
    }

    @Override
    public String getMailetInfo() {
        return "A step of mail through Therapost: " + getClass().getSimpleName();
    }
}
