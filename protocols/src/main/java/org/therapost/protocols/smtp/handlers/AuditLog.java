package org.therapost.protocols.smtp.handlers;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.james.protocols.smtp.SMTPSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.pipeline.InboundMail;

/**
 * What happened to mail, for operators: identifiers and reasons, never an address, a subject or a word. Logger
 * {@code audit}.
 */
public final class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger("audit");

    private final Tally tally;

    /** Counts what is written here. */
    public interface Tally {

        void refused(Refusal refusal);

        void received(int messages);

        void submitted();

        void wrongPassword();

        void cannotTell();

        void failed();
    }

    public AuditLog(Tally tally) {
        this.tally = tally;
    }

    /** A command or message got a final no. */
    public void refused(SMTPSession session, String step, Refusal refusal) {
        tally.refused(refusal);
        LOG.info("refused connection={} step={} reason={}", session.getSessionID(), step, refusal);
    }

    /** A message for these destinations got a final no. */
    public void refused(SMTPSession session, Refusal refusal, List<Destination> destinations) {
        tally.refused(refusal);
        LOG.info(
                "refused connection={} step=DATA reason={} for={}", session.getSessionID(), refusal, ids(destinations));
    }

    /** Something could not be decided now. */
    public void cannotTell(SMTPSession session, String step) {
        tally.cannotTell();
        LOG.info("deferred connection={} step={}", session.getSessionID(), step);
    }

    /** A bug: only its kind is named, since its text could quote content. */
    public void failed(SMTPSession session, String step, RuntimeException bug) {
        tally.failed();
        LOG.error(
                "failed connection={} step={} kind={}",
                session.getSessionID(),
                step,
                bug.getClass().getName(),
                new Where(bug));
    }

    /** Mail from outside has come to its end. */
    public void received(SMTPSession session, InboundMail.End end, List<Destination> destinations) {
        if (end instanceof InboundMail.Filed filed) {
            tally.received(filed.messages().size());
            LOG.info(
                    "received connection={} filed={} for={}",
                    session.getSessionID(),
                    filedIds(filed.messages()),
                    ids(destinations));
        } else if (end instanceof InboundMail.KeptForOperators) {
            tally.received(1);
            LOG.info("received connection={} for=operator", session.getSessionID());
        } else {
            LOG.info("reported connection={}", session.getSessionID());
        }
    }

    /** A therapist's answer is filed and posted. */
    public void submitted(SMTPSession session, FiledMessage filed) {
        tally.submitted();
        LOG.info("submitted connection={} filed={}", session.getSessionID(), filedIds(List.of(filed)));
    }

    /** Somebody offered a wrong password. */
    public void wrongPassword(SMTPSession session) {
        tally.wrongPassword();
        LOG.info("refused connection={} step=AUTH reason=WRONG_PASSWORD", session.getSessionID());
    }

    private static String filedIds(List<FiledMessage> filed) {
        return filed.stream().map(message -> message.id().value().toString()).collect(Collectors.joining(","));
    }

    private static String ids(List<Destination> destinations) {
        return destinations.stream().map(AuditLog::id).collect(Collectors.joining(","));
    }

    private static String id(Destination destination) {
        if (destination instanceof Destination.ToThread to) {
            return "thread:" + to.thread().id().value();
        }
        return "therapist:"
                + ((Destination.ToTherapist) destination).therapist().id().value();
    }

    /** Where a bug is, without what it says. */
    private static final class Where extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Where(RuntimeException bug) {
            super(bug.getClass().getName(), null, false, true);
            setStackTrace(bug.getStackTrace());
        }
    }
}
