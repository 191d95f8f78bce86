package org.therapost.domain.sessions.engine;

import java.time.Instant;
import org.therapost.domain.conversation.DeliveryMark;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.step.Step;

/** What becomes of a mail of the client, and the step that it makes. */
public record AdmissionResult(Step step, Visibility visibility) {

    /** Whether a mail can be seen in the therapist's mail program now. */
    public sealed interface Visibility {

        /** It is delivered. */
        record Visible(DeliveryMark mark) implements Visibility {}

        /** It is filed and waits; the step's timetable has it among what is held. */
        record Held(HeldMail.Fate fate, Instant until) implements Visibility {}
    }
}
