package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import org.apache.james.mailetcontainer.api.MailetLoader;
import org.apache.james.mailetcontainer.api.MatcherLoader;
import org.apache.mailet.MailetContext;
import org.therapost.domain.pipeline.Pipelines;
import org.therapost.mailets.Carry;
import org.therapost.mailets.pipeline.AdmitEnrolled;
import org.therapost.mailets.pipeline.AuthenticateSender;
import org.therapost.mailets.pipeline.EnforceAgreedTimes;
import org.therapost.mailets.pipeline.File;
import org.therapost.mailets.pipeline.FileForServer;
import org.therapost.mailets.pipeline.MailIntake;
import org.therapost.mailets.pipeline.Seal;
import org.therapost.server.pipeline.Extensions;
import org.therapost.server.pipeline.FilterThreads;
import org.therapost.server.pipeline.JamesPipelines;
import org.therapost.server.pipeline.KeepSealed;
import org.therapost.server.pipeline.NoContext;
import org.therapost.server.pipeline.PipelineMailets;
import org.therapost.server.pipeline.Processors;

/** The pipelines of {@code mailetcontainer.xml} and what runs in them. */
public final class PipelineModule extends AbstractModule {

    private final Processors processors;
    private final Extensions extensions;

    public PipelineModule(Processors processors, Extensions extensions) {
        this.processors = processors;
        this.extensions = extensions;
    }

    @Override
    protected void configure() {
        bind(Processors.class).toInstance(processors);
        bind(Extensions.class).toInstance(extensions);
        bind(FilterThreads.class).toInstance(new FilterThreads());
        bind(PipelineMailets.class).in(Scopes.SINGLETON);
        bind(MailetLoader.class).to(PipelineMailets.class);
        bind(MatcherLoader.class).to(PipelineMailets.class);
        bind(MailetContext.class).toInstance(NoContext.create());
        bind(JamesPipelines.class).in(Scopes.SINGLETON);
        bind(Pipelines.class).to(JamesPipelines.class);
        bind(MailIntake.class);
        bind(FileForServer.class);
        bind(AuthenticateSender.class);
        bind(AdmitEnrolled.class);
        bind(EnforceAgreedTimes.class);
        bind(Seal.class);
        bind(File.class);
        bind(Carry.class);
        bind(KeepSealed.class);
    }
}
