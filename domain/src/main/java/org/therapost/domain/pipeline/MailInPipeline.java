package org.therapost.domain.pipeline;

import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.sealing.MailContent;

/**
 * A mail on its way through a pipeline, while the program that sent it waits for the answer to DATA. Each step takes what the
 * step before it made and makes the next value; the last one commits.
 */
public sealed interface MailInPipeline
        permits InboundMail, OutboundMail, MailInPipeline.Filterable, MailInPipeline.Stopped, MailInPipeline.End {

    /** A step said no; nothing of the mail is kept. */
    sealed interface Stopped extends MailInPipeline {

        /** A final no, or the no of a filter. */
        record Refused(RefusedException why) implements Stopped {}

        /** The sender shall try again. */
        record Deferred(CannotTellException why) implements Stopped {}
    }

    /** A mail whose sender may write to all its recipients: the only kind of mail that filters see. */
    sealed interface Filterable extends MailInPipeline permits InboundMail.Admitted, OutboundMail.Admitted {

        /** The mail as it is now. */
        MailContent content();
    }

    /** What a pipeline ends with if nothing stopped the mail. */
    sealed interface End extends MailInPipeline permits InboundMail.End, OutboundMail.Filed {}

    /** Whether no step has anything left to do. */
    default boolean ended() {
        return this instanceof Stopped || this instanceof End;
    }
}
