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
import org.therapost.mailets.Carry;
import org.therapost.mailets.pipeline.PipelineStep;

/** Makes the stages of a processor: what the file names, ready to run, or a message that says which line is wrong. */
final class PipelineStages {

    private final PipelineMailets mailets;
    private final MailetContext context;

    PipelineStages(PipelineMailets mailets, MailetContext context) {
        this.mailets = mailets;
        this.context = context;
    }

    /**
     * Makes all of one processor.
     *
     * @throws PipelineException if a class is unknown, its settings are wrong, or it could split mail
     */
    List<PipelineStage> of(PipelineElement processor) throws PipelineException {
        Map<String, Matcher> named = new HashMap<>();
        List<PipelineStage> pipelineStages = new ArrayList<>();
        for (PipelineElement pipelineElement : processor.children()) {
            if (pipelineElement.name().equals("matcher")) {
                String name = pipelineElement
                        .attribute("name")
                        .orElseThrow(() ->
                                pipelineElement.wrong("the attribute name is missing: mailets name the matcher by it"));
                named.put(name, composite(pipelineElement));
            } else {
                pipelineStages.add(stage(pipelineElement, named));
            }
        }
        return List.copyOf(pipelineStages);
    }

    private PipelineStage stage(PipelineElement pipelineElement, Map<String, Matcher> named) throws PipelineException {
        Optional<String> inverted = pipelineElement.attribute("notmatch");
        String match = inverted.or(() -> pipelineElement.attribute("match")).orElse("All");
        Matcher matcher = named.containsKey(match) ? named.get(match) : matcher(pipelineElement, match);
        Mailet mailet = mailet(pipelineElement);
        boolean step =
                PipelineRules.STEPS.contains(pipelineElement.attribute("class").orElse(""));
        if (mailet instanceof PipelineStep != step || mailet instanceof Carry || mailet instanceof KeepSealed) {
            throw pipelineElement.wrong(
                    "this is a mailet of Therapost's own and no filter. Remove it, and name the five"
                            + " steps by their short names");
        }
        return new PipelineStage(
                pipelineElement.place(),
                inverted.isPresent() ? new MatcherInverter(matcher) : matcher,
                mailet,
                !(mailet instanceof PipelineStep),
                pipelineElement.attribute("allow-rewrite").equals(Optional.of("true")));
    }

    private Matcher composite(PipelineElement pipelineElement) throws PipelineException {
        Optional<String> inverted = pipelineElement.attribute("notmatch");
        String match = inverted.or(() -> pipelineElement.attribute("match"))
                .orElseThrow(() -> pipelineElement.wrong("the attribute match is missing: it names the matcher"));
        Matcher matcher = matcher(pipelineElement, match);
        for (PipelineElement child : pipelineElement.children()) {
            if (!(matcher instanceof CompositeMatcher composite)) {
                throw child.wrong("only And, Or, Xor and Not have matchers inside. Remove it");
            }
            composite.add(composite(child));
        }
        return inverted.isPresent() ? new MatcherInverter(matcher) : matcher;
    }

    private Matcher matcher(PipelineElement pipelineElement, String match) throws PipelineException {
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
        } catch (MessagingException | RuntimeException | LinkageError wrong) {
            throw pipelineElement.wrong("the matcher \"" + match + "\" does not start: " + reason(wrong));
        }
        if (matcher instanceof GenericRecipientMatcher) {
            throw pipelineElement.wrong(
                    "the matcher \"" + match + "\" looks at each recipient by itself and could split a mail, of"
                            + " which one part would be taken and the other not. Use a matcher that looks at the mail");
        }
        return matcher;
    }

    private Mailet mailet(PipelineElement pipelineElement) throws PipelineException {
        MailetConfigImpl config = new MailetConfigImpl();
        config.setMailetContext(context);
        config.setMailetName(pipelineElement.attribute("class").orElseThrow());
        config.setConfiguration(pipelineElement.configuration());
        try {
            return mailets.getMailet(config);
        } catch (MessagingException | RuntimeException | LinkageError wrong) {
            throw pipelineElement.wrong("the mailet does not start: " + reason(wrong));
        }
    }

    /** At start there is no mail yet that a message could quote. */
    private static String reason(Throwable wrong) {
        return Optional.ofNullable(wrong.getMessage())
                .map(message -> message.replaceAll("\\s+", " "))
                .orElse(wrong.getClass().getSimpleName());
    }
}
