package org.therapost.mailets.pipeline;

import javax.mail.MessagingException;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.therapost.domain.pipeline.MailInPipeline;

/** The one attribute in which a mail carries what the steps of its pipeline have made of it. */
public final class PipelineAttribute {

    private static final AttributeName NAME = AttributeName.of("therapost.pipeline");

    private PipelineAttribute() {}

    /**
     * What the steps so far have made of a mail.
     *
     * @throws MessagingException if the mail is in no pipeline, or a mailet has taken the attribute away
     */
    public static MailInPipeline of(Mail mail) throws MessagingException {
        return mail.getAttribute(NAME)
                .map(attribute -> attribute.getValue().value())
                .filter(MailInPipeline.class::isInstance)
                .map(MailInPipeline.class::cast)
                .orElseThrow(() -> new MessagingException("the mail is in no pipeline"));
    }

    /** Puts what a step made of it in place of what was there. */
    public static void put(Mail mail, MailInPipeline value) {
        mail.setAttribute(new Attribute(NAME, AttributeValue.ofUnserializable(value)));
    }
}
