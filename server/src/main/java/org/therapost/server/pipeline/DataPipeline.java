package org.therapost.server.pipeline;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.pipeline.MailInPipeline;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.pipeline.FilteredMail;
import org.therapost.mailets.pipeline.MailIntake;
import org.therapost.mailets.pipeline.MessageInMemory;
import org.therapost.mailets.pipeline.PipelineAttribute;
import org.therapost.mailets.pipeline.Refuse;

/**
 * A processor that runs to its end while DATA is open. It takes the place of James's own, which splits mail, goes on after
 * failures and sends what nobody took into nothing: here a mail has an end, or its sender tries again.
 */
final class DataPipeline implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataPipeline.class);

    private final String name;
    private final List<PipelineStage> stages;
    private final FilterThreads threads;
    private final MailIntake intake;

    DataPipeline(String name, List<PipelineStage> stages, FilterThreads threads, MailIntake intake) {
        this.name = name;
        this.stages = stages;
        this.threads = threads;
        this.intake = intake;
    }

    /**
     * Runs a mail to its end. The mail is released on every path.
     *
     * @throws RefusedException if a step or a filter refused it
     * @throws CannotTellException if there is no certain answer
     */
    MailInPipeline.End run(MailImpl mail) throws RefusedException, CannotTellException {
        try {
            mail.setState(name);
            for (PipelineStage pipelineStage : stages) {
                MailInPipeline now = PipelineAttribute.of(mail);
                if (now.ended()) {
                    break;
                }
                if (!pipelineStage.filter()) {
                    pipelineStage.mailet().service(mail);
                } else if (now instanceof MailInPipeline.Filterable filterable) {
                    filter(mail, pipelineStage, filterable);
                }
            }
            return end(PipelineAttribute.of(mail));
        } catch (MessagingException lost) {
            throw new CannotTellException("the mail left its pipeline", lost);
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    private MailInPipeline.End end(MailInPipeline value) throws RefusedException, CannotTellException {
        if (value instanceof MailInPipeline.End end) {
            return end;
        }
        if (value instanceof MailInPipeline.Stopped.Refused refused) {
            throw refused.why();
        }
        if (value instanceof MailInPipeline.Stopped.Deferred deferred) {
            throw deferred.why();
        }
        throw new CannotTellException("the mail reached the end of its pipeline without an end");
    }

    private void filter(MailImpl mail, PipelineStage pipelineStage, MailInPipeline.Filterable before)
            throws CannotTellException {
        try {
            FilteredMail.Change change = threads.run(() -> filtered(mail, pipelineStage, before));
            if (pipelineStage.mailet() instanceof Refuse
                    && PipelineAttribute.of(mail) instanceof MailInPipeline.Stopped) {
                return;
            }
            if (change instanceof FilteredMail.Change.Added added) {
                show(mail, intake.withFields(before, added.content()), added.content());
            } else if (change instanceof FilteredMail.Change.Rewritten rewritten) {
                if (!pipelineStage.mayRewrite()) {
                    throw new FilterThreads.NoAnswerException("it changed the mail without allow-rewrite=\"true\"");
                }
                MailInPipeline.Filterable anew = intake.rewritten(
                        before, rewritten.content(), pipelineStage.mailet().getClass());
                show(mail, anew, anew.content());
            }
        } catch (FilterThreads.NoAnswerException none) {
            throw noAnswer(pipelineStage, none.reason());
        } catch (MessagingException lost) {
            throw noAnswer(pipelineStage, "it took the mail out of the pipeline");
        } catch (RefusedException beyondLimits) {
            throw noAnswer(pipelineStage, "what it made of the mail is beyond the limits");
        }
    }

    private static CannotTellException noAnswer(PipelineStage pipelineStage, String reason) {
        LOG.warn("{}: {}; the sender is told to try again", pipelineStage.place(), reason);
        return new CannotTellException("a filter gave no answer");
    }

    private static void show(MailImpl mail, MailInPipeline value, MailContent content) throws MessagingException {
        PipelineAttribute.put(mail, value);
        MessageInMemory.show(mail, content);
    }

    /** Runs matcher and mailet in a filter's thread, and finds out there what they did. */
    private FilteredMail.Change filtered(MailImpl mail, PipelineStage pipelineStage, MailInPipeline.Filterable before)
            throws MessagingException, FilterThreads.NoAnswerException {
        MimeMessage shown = mail.getMessage();
        Set<MailAddress> recipients = Set.copyOf(mail.getRecipients());
        Set<PerRecipientHeaders.Header> headers = new HashSet<>(
                mail.getPerRecipientSpecificHeaders().getHeadersByRecipient().values());
        if (matches(pipelineStage.matcher().match(mail), recipients)) {
            pipelineStage.mailet().service(mail);
        }
        if (pipelineStage.mailet() instanceof Refuse && mail.getState().equals(Mail.GHOST)) {
            return new FilteredMail.Change.None();
        }
        if (!mail.getState().equals(name) || !Set.copyOf(mail.getRecipients()).equals(recipients)) {
            throw new FilterThreads.NoAnswerException("it took the mail, or a recipient, out of the pipeline");
        }
        if (PipelineAttribute.of(mail) != before) {
            throw new FilterThreads.NoAnswerException("it changed the attribute of the pipeline");
        }
        return FilteredMail.of(mail, shown, before.content(), headers);
    }

    private static boolean matches(@Nullable Collection<MailAddress> matched, Set<MailAddress> recipients)
            throws FilterThreads.NoAnswerException {
        if (matched == null || matched.isEmpty()) {
            return false;
        }
        if (!new HashSet<>(matched).containsAll(recipients)) {
            throw new FilterThreads.NoAnswerException("its matcher took some recipients and not others");
        }
        return true;
    }

    /** Lets the mailets and matchers end. */
    @Override
    public void close() {
        for (PipelineStage pipelineStage : stages) {
            pipelineStage.matcher().destroy();
            pipelineStage.mailet().destroy();
        }
    }
}
