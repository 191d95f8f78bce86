package org.therapost.server.spool;

import com.google.inject.Injector;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.mailetcontainer.api.MailetLoader;
import org.apache.james.mailetcontainer.api.MatcherLoader;
import org.apache.mailet.Mailet;
import org.apache.mailet.MailetConfig;
import org.apache.mailet.Matcher;
import org.apache.mailet.MatcherConfig;

/** Has mailets and matchers, named by their class, made by Guice. */
public final class InjectedMailets implements MailetLoader, MatcherLoader {

    private final Injector injector;

    @Inject
    public InjectedMailets(Injector injector) {
        this.injector = injector;
    }

    @Override
    public Mailet getMailet(MailetConfig config) throws MessagingException {
        Mailet mailet = make(config.getMailetName(), Mailet.class);
        mailet.init(config);
        return mailet;
    }

    @Override
    public Matcher getMatcher(MatcherConfig config) throws MessagingException {
        Matcher matcher = make(config.getMatcherName(), Matcher.class);
        matcher.init(config);
        return matcher;
    }

    private <T> T make(String name, Class<T> kind) throws MessagingException {
        try {
            return kind.cast(injector.getInstance(Class.forName(name)));
        } catch (ClassNotFoundException unknown) {
            throw new MessagingException("no such class: " + name, unknown);
        }
    }
}
