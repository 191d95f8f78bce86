package org.therapost.protocols.smtp.handlers;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.sealing.MailContent;
import org.therapost.protocols.limits.MessageLimit;

/**
 * The DATA command: collects a message in memory and gives it to a journey before it answers. It stands in for James's
 * own, which spools to a file and would accept before anything is sealed.
 */
public abstract class MessageDataCommand implements CommandHandler<SMTPSession> {

    private static final Collection<String> COMMANDS = List.of("DATA");

    private final MessageLimit limit;
    private final AuditLog audit;

    protected MessageDataCommand(MessageLimit limit, AuditLog audit) {
        this.limit = limit;
        this.audit = audit;
    }

    /**
     * Hands a message on; on return it is committed.
     *
     * @throws RefusedException if it is refused; then nothing is kept of it
     * @throws CannotTellException if the peer shall try again; then nothing is kept of it
     */
    protected abstract void take(SMTPSession session, MailContent content) throws RefusedException, CannotTellException;

    /** Why DATA is out of place now; empty if it is not. */
    protected Optional<SmtpReply> objection(SMTPSession session) {
        if (session.getAttachment(SMTPSession.SENDER, State.Transaction).isEmpty()) {
            return Optional.of(SmtpReplies.NEED_MAIL);
        }
        return session.getRcptCount() == 0 ? Optional.of(SmtpReplies.NEED_RCPT) : Optional.empty();
    }

    @Override
    public Collection<String> getImplCommands() {
        return COMMANDS;
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        // RFC 2920 section 3.1: DATA ends a pipelined group; James checks that nothing came with it.
        session.stopDetectingCommandInjection();
        try {
            if (Optional.ofNullable(request.getArgument())
                    .filter(text -> !text.isBlank())
                    .isPresent()) {
                return SmtpReplies.NO_ARGUMENT.response();
            }
            Optional<SmtpReply> objection = objection(session);
            if (objection.isPresent()) {
                return objection.get().response();
            }
            session.pushLineHandler(new Lines(new MessageOctets(limit, SizeExtension.announced(session))));
            return SmtpReplies.DATA_READY.response();
        } finally {
            session.needsCommandInjectionDetection();
        }
    }

    private final class Lines implements LineHandler<SMTPSession> {

        private final MessageOctets octets;

        Lines(MessageOctets octets) {
            this.octets = octets;
        }

        // James takes null for "no answer yet".
        @Override
        @SuppressWarnings("NullAway")
        public Response onLine(SMTPSession session, byte[] line) {
            return switch (octets.append(line)) {
                case OPEN -> null;
                case COMPLETE -> end(session, octets);
                case BROKEN -> {
                    audit.refused(session, "DATA", Refusal.MALFORMED);
                    leave(session);
                    yield SmtpReplies.BARE_LINE_END.lastResponse();
                }
            };
        }
    }

    private Response end(SMTPSession session, MessageOctets octets) {
        try {
            if (octets.tooLarge()) {
                throw new RefusedException(Refusal.TOO_LARGE);
            }
            take(session, octets.content());
            return SmtpReplies.ACCEPTED.response();
        } catch (RefusedException refused) {
            audit.refused(
                    session, refused.refusal(), ReceivedRecipients.of(session).destinations());
            return SmtpReplies.of(refused).response();
        } catch (CannotTellException unclear) {
            audit.cannotTell(session, "DATA");
            return SmtpReplies.CANNOT_TELL.response();
        } catch (RuntimeException bug) {
            // The peer keeps the message and tries again; an exception would make James answer and log with its text.
            audit.failed(session, "DATA", bug);
            return SmtpReplies.CANNOT_TELL.response();
        } finally {
            leave(session);
        }
    }

    private static void leave(SMTPSession session) {
        session.popLineHandler();
        session.resetState();
    }
}
