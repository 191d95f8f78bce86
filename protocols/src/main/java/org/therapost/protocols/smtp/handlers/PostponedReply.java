package org.therapost.protocols.smtp.handlers;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;

/**
 * A reply that is not to be given yet. James's hooks answer at once or hold a thread; one that leaves this in its session
 * is asked again after a while, and its own answer is not sent.
 *
 * @param until it is not asked before this has ended, well or not
 * @param waiting after that, how long
 * @param reply gives the answer, or leaves another one of these
 */
public record PostponedReply(CompletionStage<?> until, Duration waiting, Supplier<Response> reply) {

    private static final AttachmentKey<PostponedReply> KEY =
            AttachmentKey.of("therapost.postponed", PostponedReply.class);

    /** Leaves it in the session. */
    void leaveIn(SMTPSession session) {
        session.setAttachment(KEY, this, State.Connection);
    }

    /** Whether one was left. */
    public static boolean isIn(SMTPSession session) {
        return session.getAttachment(KEY, State.Connection).isPresent();
    }

    /** Takes what was left. */
    public static Optional<PostponedReply> take(SMTPSession session) {
        return session.removeAttachment(KEY, State.Connection);
    }
}
