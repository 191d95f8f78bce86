package org.therapost.server.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rules of {@code mailetcontainer.xml}, checked before anything starts: a pipeline that could let mail slip does not start. */
final class PipelineRules {

    /** Mail from outside. */
    static final String INBOUND = "inbound";

    /** Mail that therapists submit. */
    static final String OUTBOUND = "outbound";

    /** Parcels on their way to clients. */
    static final String CARRIAGE = "carriage";

    /** Parcels that cannot be carried. */
    static final String ERROR = "error";

    /** The steps that both pipelines must have, in this order. */
    static final List<String> STEPS =
            List.of("AuthenticateSender", "AdmitEnrolled", "EnforceAgreedTimes", "Seal", "File");

    // Filters stand after the second step.
    private static final int ADMITTED = 2;
    private static final Map<String, String> SPOOLED = Map.of(CARRIAGE, "Carry", ERROR, "KeepSealed");
    private static final Set<String> PROCESSORS = Set.of(INBOUND, OUTBOUND, CARRIAGE, ERROR);
    private static final String ORDER = String.join(", ", STEPS.subList(0, ADMITTED)) + ", [your filters], "
            + String.join(", ", STEPS.subList(ADMITTED, STEPS.size()));

    private final PipelineElement root;

    PipelineRules(PipelineElement root) {
        this.root = root;
    }

    /**
     * The processors by their state, if all is as it must be.
     *
     * @throws PipelineException for the first thing that is wrong, with where it stands and what to do
     */
    Map<String, PipelineElement> processors() throws PipelineException {
        Map<String, PipelineElement> found = new TreeMap<>();
        if (!root.name().equals("mailetcontainer") && !root.name().equals("processors")) {
            throw root.wrong("the outermost element must be <mailetcontainer>");
        }
        for (PipelineElement processor : processorElements()) {
            String state = processor.attribute("state").orElse("");
            if (!PROCESSORS.contains(state)) {
                throw processor.wrong("there are four processors, with the states "
                        + new TreeSet<>(PROCESSORS).stream().collect(Collectors.joining(", "))
                        + ". Put your mailets into inbound or outbound");
            }
            if (found.put(state, processor) != null) {
                throw processor.wrong("there is a second one with this state. Leave one of them");
            }
        }
        check(required(found, INBOUND));
        check(required(found, OUTBOUND));
        for (Map.Entry<String, String> spooled : SPOOLED.entrySet()) {
            checkSpooled(required(found, spooled.getKey()), spooled.getValue());
        }
        return found;
    }

    private PipelineElement required(Map<String, PipelineElement> found, String state) throws PipelineException {
        PipelineElement processor = found.get(state);
        if (processor == null) {
            throw root.wrong(
                    "the processor \"" + state + "\" is missing. Copy it from the file that comes with Therapost");
        }
        return processor;
    }

    /** James's own files have the processors in an element of their own. */
    private List<PipelineElement> processorElements() throws PipelineException {
        List<PipelineElement> elements = root.children().stream()
                .flatMap(child ->
                        child.name().equals("processors") ? child.children().stream() : List.of(child).stream())
                .toList();
        for (PipelineElement pipelineElement : elements) {
            if (!pipelineElement.name().equals("processor")) {
                throw pipelineElement.wrong("here only <processor> has a meaning. Remove it");
            }
        }
        return elements;
    }

    private static void check(PipelineElement processor) throws PipelineException {
        int next = 0;
        for (PipelineElement mailet : processor.children()) {
            if (mailet.name().equals("matcher")) {
                continue;
            }
            if (!mailet.name().equals("mailet")) {
                throw mailet.wrong("a processor has <matcher> and <mailet> only. Remove it");
            }
            String name = mailet.attribute("class")
                    .orElseThrow(() -> mailet.wrong("the attribute class is missing: it names the mailet"));
            int step = STEPS.indexOf(name);
            if (step >= 0) {
                checkStep(mailet, step, next);
                next = step + 1;
            } else if (next != ADMITTED) {
                throw mailet.wrong("a filter stands after AdmitEnrolled, so that strangers cost no filter, and before"
                        + " EnforceAgreedTimes. The order is: " + ORDER);
            } else {
                checkFilter(mailet);
            }
        }
        if (next != STEPS.size()) {
            throw processor.wrong(
                    "the step " + STEPS.get(next) + " is missing: without it mail would be taken that nobody "
                            + (next < ADMITTED ? "has proved or admitted" : "has filed") + ". The order is: " + ORDER);
        }
    }

    private static void checkStep(PipelineElement mailet, int step, int expected) throws PipelineException {
        if (step != expected) {
            throw mailet.wrong(
                    expected < STEPS.size()
                            ? "here " + STEPS.get(expected) + " must come. The order is: " + ORDER
                            : "File is the last. The order is: " + ORDER);
        }
        if (!mailet.attribute("match").orElse("All").equals("All")
                || mailet.attribute("notmatch").isPresent()) {
            throw mailet.wrong("a step of Therapost's own takes every mail: say match=\"All\"");
        }
        requireNoChoice(mailet);
    }

    private static void checkFilter(PipelineElement mailet) throws PipelineException {
        if (mailet.attribute("match").isPresent()
                && mailet.attribute("notmatch").isPresent()) {
            throw mailet.wrong("say match or notmatch, not both");
        }
        Optional<String> rewrite = mailet.attribute("allow-rewrite");
        if (rewrite.filter(text -> !text.equals("true") && !text.equals("false"))
                .isPresent()) {
            throw mailet.wrong("allow-rewrite is true or false");
        }
        requireNoChoice(mailet);
    }

    /** Whatever fails ends in 451; James's ways to go on after a failure would let mail slip. */
    private static void requireNoChoice(PipelineElement mailet) throws PipelineException {
        for (PipelineElement child : mailet.children()) {
            if (child.name().equals("onMailetException") || child.name().equals("onMatchException")) {
                throw child.wrong("a mailet or matcher that fails makes the sender try again (451), always. Remove <"
                        + child.name() + ">");
            }
        }
    }

    private static void checkSpooled(PipelineElement processor, String only) throws PipelineException {
        List<PipelineElement> mailets = processor.children();
        if (mailets.size() != 1
                || !mailets.get(0).name().equals("mailet")
                || !mailets.get(0).attribute("class").equals(Optional.of(only))
                || !mailets.get(0).attribute("match").orElse("All").equals("All")
                || mailets.get(0).attribute("notmatch").isPresent()) {
            throw processor.wrong("it has exactly one mailet, <mailet match=\"All\" class=\"" + only
                    + "\"/>: what it works on is sealed or signed, and nothing can be put in between");
        }
    }
}
