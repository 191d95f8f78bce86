package org.therapost.server.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.MailetContext;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.pipeline.InboundMail;
import org.therapost.domain.pipeline.MailInPipeline;
import org.therapost.domain.pipeline.OutboundMail;
import org.therapost.domain.pipeline.Pipelines;
import org.therapost.mailets.pipeline.MailIntake;
import org.therapost.mailets.pipeline.MessageInMemory;

/** The processors {@code inbound} and {@code outbound}, made of James's mailets and matchers. */
public final class JamesPipelines implements Pipelines, AutoCloseable {

    private final Processors processors;
    private final PipelineStages pipelineStages;
    private final FilterThreads threads;
    private final MailIntake intake;
    private final Map<String, DataPipeline> running = new HashMap<>();

    @Inject
    public JamesPipelines(
            Processors processors,
            PipelineMailets mailets,
            MailetContext context,
            FilterThreads threads,
            MailIntake intake) {
        this.processors = processors;
        this.pipelineStages = new PipelineStages(mailets, context);
        this.threads = threads;
        this.intake = intake;
    }

    /**
     * Makes all mailets and matchers.
     *
     * @throws PipelineException if one of them does not start
     */
    public void start() throws PipelineException {
        for (String name : new String[] {PipelineRules.INBOUND, PipelineRules.OUTBOUND}) {
            running.put(name, new DataPipeline(name, pipelineStages.of(processors.of(name)), threads, intake));
        }
    }

    @Override
    public InboundMail.End inbound(InboundMail.Delivered mail) throws RefusedException, CannotTellException {
        try {
            return (InboundMail.End) run(PipelineRules.INBOUND, MessageInMemory.mail(mail));
        } catch (MessagingException broken) {
            throw new CannotTellException("the mail cannot enter its pipeline", broken);
        }
    }

    @Override
    public OutboundMail.Filed outbound(OutboundMail.Submitted mail) throws RefusedException, CannotTellException {
        try {
            return (OutboundMail.Filed) run(PipelineRules.OUTBOUND, MessageInMemory.mail(mail));
        } catch (MessagingException broken) {
            throw new CannotTellException("the mail cannot enter its pipeline", broken);
        }
    }

    private MailInPipeline.End run(String name, MailImpl mail) throws RefusedException, CannotTellException {
        Optional<DataPipeline> pipeline = Optional.ofNullable(running.get(name));
        return pipeline.orElseThrow(() -> new CannotTellException("the server is starting"))
                .run(mail);
    }

    @Override
    public void close() {
        threads.close();
        running.values().forEach(DataPipeline::close);
    }
}
