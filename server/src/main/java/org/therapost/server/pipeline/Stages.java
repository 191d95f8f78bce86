package org.therapost.server.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.mailetcontainer.impl.MailetConfigImpl;
import org.apache.james.mailetcontainer.impl.MatcherConfigImpl;
import org.apache.james.mailetcontainer.impl.matchers.CompositeMatcher;
import org.apache.mailet.Mailet;
import org.apache.mailet.MailetContext;
import org.apache.mailet.Matcher;
import org.apache.mailet.base.GenericRecipientMatcher;
import org.apache.mailet.base.MatcherInverter;
import org.therapost.mailets.pipeline.Step;

/** Makes the stages of a processor: what the file names, ready to run, or a message that says which line is wrong. */
final class Stages {

    private final Mailets mailets;
    private final MailetContext context;

    Stages(Mailets mailets, MailetContext context) {
        this.mailets = mailets;
        this.context = context;
    }

    /**
     * Makes all of one processor.
     *
     * @throws PipelineException if a class is unknown, its settings are wrong, or it could split mail
     */
    List<Stage> of(Element processor) throws PipelineException {
        Map<String, Matcher> named = new HashMap<>();
        List<Stage> stages = new ArrayList<>();
        for (Element element : processor.children()) {
            if (element.name().equals("matcher")) {
                String name = element.attribute("name")
                        .orElseThrow(() -> element.wrong("the attribute name is missing: mailets name the matcher by it"));
                named.put(name, composite(element));
            } else {
                stages.add(stage(element, named));
            }
        }
        return List.copyOf(stages);
    }

    private Stage stage(Element element, Map<String, Matcher> named) throws PipelineException {
        Optional<String> inverted = element.attribute("notmatch");
        String match = inverted.or(() -> element.attribute("match")).orElse("All");
        Matcher matcher = named.containsKey(match) ? named.get(match) : matcher(element, match);
        Mailet mailet = mailet(element);
        return new Stage(
                element.place(),
                inverted.isPresent() ? new MatcherInverter(matcher) : matcher,
                mailet,
                !(mailet instanceof Step),
                element.attribute("allow-rewrite").equals(Optional.of("true")));
    }

    private Matcher composite(Element element) throws PipelineException {
        Optional<String> inverted = element.attribute("notmatch");
        String match = inverted.or(() -> element.attribute("match"))
                .orElseThrow(() -> element.wrong("the attribute match is missing: it names the matcher"));
        Matcher matcher = matcher(element, match);
        for (Element child : element.children()) {
            if (!(matcher instanceof CompositeMatcher composite)) {
                throw child.wrong("only And, Or, Xor and Not have matchers inside. Remove it");
            }
            composite.add(composite(child));
        }
        return inverted.isPresent() ? new MatcherInverter(matcher) : matcher;
    }

    private Matcher matcher(Element element, String match) throws PipelineException {
        int condition = match.indexOf('=');
        MatcherConfigImpl config = new MatcherConfigImpl();
        config.setMailetContext(context);
        config.setMatcherName(condition < 0 ? match : match.substring(0, condition));
        if (condition >= 0) {
            config.setCondition(match.substring(condition + 1));
        }
        Matcher matcher;
        try {
            matcher = mailets.getMatcher(config);
        } catch (MessagingException | RuntimeException wrong) {
            throw element.wrong("the matcher \"" + match + "\" does not start: " + reason(wrong));
        }
        if (matcher instanceof GenericRecipientMatcher) {
            throw element.wrong("the matcher \"" + match + "\" looks at each recipient by itself and could split a mail, of"
                    + " which one part would be taken and the other not. Use a matcher that looks at the mail");
        }
        return matcher;
    }

    private Mailet mailet(Element element) throws PipelineException {
        MailetConfigImpl config = new MailetConfigImpl();
        config.setMailetContext(context);
        config.setMailetName(element.attribute("class").orElseThrow());
        config.setConfiguration(element.configuration());
        try {
            return mailets.getMailet(config);
        } catch (MessagingException | RuntimeException wrong) {
            throw element.wrong("the mailet does not start: " + reason(wrong));
        }
    }

    /** At start there is no mail yet that a message could quote. */
    private static String reason(Exception wrong) {
        return Optional.ofNullable(wrong.getMessage())
                .map(message -> message.replaceAll("\\s+", " "))
                .orElse(wrong.getClass().getSimpleName());
    }
}
