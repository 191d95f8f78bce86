package org.therapost.mailets.pipeline;

import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.therapost.domain.pipeline.FilterRefusedException;
import org.therapost.domain.pipeline.MailInPipeline;

/**
 * Refuses the mail, with the reply in {@code <reply>}: {@code 550 5.7.1 Not accepted: this message carries malware}. It stands
 * behind a matcher that finds out whether to.
 */
public final class Refuse extends GenericMailet {

    private FilterRefusedException.Reply reply = FilterRefusedException.Reply.DEFAULT;

    @Override
    public void init() throws MessagingException {
        try {
            reply = FilterRefusedException.Reply.of(getInitParameter("reply", ""));
        } catch (IllegalArgumentException wrong) {
            throw new MessagingException("<reply>: " + wrong.getMessage());
        }
    }

    @Override
    public void service(Mail mail) {
        PipelineAttribute.put(mail, new MailInPipeline.Stopped.Refused(new FilterRefusedException(reply)));
        mail.setState(Mail.GHOST);
    }

    @Override
    public String getMailetInfo() {
        return "Refuses mail during DATA";
    }
}
