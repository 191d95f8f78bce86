package org.therapost.server.pipeline;

import com.google.inject.Injector;
import com.google.inject.Key;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.mailetcontainer.api.MailetLoader;
import org.apache.james.mailetcontainer.api.MatcherLoader;
import org.apache.mailet.Mailet;
import org.apache.mailet.MailetConfig;
import org.apache.mailet.Matcher;
import org.apache.mailet.MatcherConfig;
import org.therapost.mailets.Carry;
import org.therapost.mailets.filters.MarkSpam;
import org.therapost.mailets.filters.ScanForMalware;
import org.therapost.mailets.pipeline.AdmitEnrolled;
import org.therapost.mailets.pipeline.AuthenticateSender;
import org.therapost.mailets.pipeline.EnforceAgreedTimes;
import org.therapost.mailets.pipeline.File;
import org.therapost.mailets.pipeline.Refuse;
import org.therapost.mailets.pipeline.Seal;

/**
 * Finds mailets and matchers by the names that stand in {@code mailetcontainer.xml}, and makes them: Therapost's own and James's by
 * their short names, those of a jar in the folder of extensions by their whole names. Only Therapost's own are given anything.
 */
public final class PipelineMailets implements MailetLoader, MatcherLoader {

    private static final Map<String, Class<?>> OURS = Stream.of(
                    AuthenticateSender.class,
                    AdmitEnrolled.class,
                    EnforceAgreedTimes.class,
                    Seal.class,
                    File.class,
                    Refuse.class,
                    ScanForMalware.class,
                    MarkSpam.class,
                    Carry.class,
                    KeepSealed.class)
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));
    private static final List<String> MAILETS = List.of("org.apache.james.transport.mailets.");
    private static final List<String> MATCHERS =
            List.of("org.apache.james.transport.matchers.", "org.apache.james.mailetcontainer.impl.matchers.");

    private final Injector injector;
    private final Extensions extensions;

    @Inject
    public PipelineMailets(Injector injector, Extensions extensions) {
        this.injector = injector;
        this.extensions = extensions;
    }

    @Override
    public Mailet getMailet(MailetConfig config) throws MessagingException {
        Mailet mailet = make(config.getMailetName(), MAILETS, Mailet.class);
        mailet.init(config);
        return mailet;
    }

    @Override
    public Matcher getMatcher(MatcherConfig config) throws MessagingException {
        Matcher matcher = make(config.getMatcherName(), MATCHERS, Matcher.class);
        matcher.init(config);
        return matcher;
    }

    private <T> T make(String name, List<String> packages, Class<T> kind) throws MessagingException {
        Class<?> type = find(name, packages);
        if (!kind.isAssignableFrom(type)) {
            throw new MessagingException("the class " + type.getName() + " is no " + kind.getSimpleName());
        }
        try {
            boolean ours = injector.getExistingBinding(Key.get(type)) != null;
            return kind.cast(
                    ours ? injector.getInstance(type) : type.getConstructor().newInstance());
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException closed) {
            throw new MessagingException(
                    "the class " + type.getName() + " needs a public constructor without parameters", closed);
        } catch (InvocationTargetException failed) {
            throw new MessagingException(
                    "the constructor of " + type.getName() + " failed: " + failed.getCause(), failed);
        } catch (LinkageError missing) {
            throw new MessagingException(
                    "the class " + type.getName() + " lacks a class that it needs: " + missing.getMessage());
        }
    }

    private Class<?> find(String name, List<String> packages) throws MessagingException {
        Class<?> ours = OURS.get(name);
        if (ours != null) {
            return ours;
        }
        List<String> names = name.contains(".")
                ? List.of(name)
                : packages.stream().map(one -> one + name).toList();
        for (String one : names) {
            try {
                return Class.forName(one, true, extensions.loader());
            } catch (ClassNotFoundException elsewhere) {
                // The next package may have it.
            } catch (LinkageError broken) {
                throw new MessagingException("the class " + one + " cannot be loaded: " + broken.getMessage());
            }
        }
        throw new MessagingException("there is no class " + name + ", neither here nor in a jar in "
                + extensions.folder() + ". Name a class of your own with its package");
    }
}
