package org.therapost.domain.pipeline;

import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;

/** Runs mail through its pipeline, to the end, while the program that sent it waits for the answer to DATA. */
public interface Pipelines {

    /**
     * Takes a mail from outside.
     *
     * @return where it is now; it is durable
     * @throws RefusedException if it is refused; then nothing is kept of it
     * @throws CannotTellException if the sender shall try again; then nothing is kept of it
     */
    InboundMail.End inbound(InboundMail.Delivered mail) throws RefusedException, CannotTellException;

    /**
     * Takes a mail that a therapist submits.
     *
     * @return what was filed: the letter, or the note that answers; it and its parcel are durable
     * @throws RefusedException if it is refused; then nothing is kept of it, and nothing leaves
     * @throws CannotTellException if the program shall try again; then nothing is kept of it, and nothing leaves
     */
    OutboundMail.Filed outbound(OutboundMail.Submitted mail) throws RefusedException, CannotTellException;
}
