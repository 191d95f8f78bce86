package org.therapost.server.pipeline;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.mailet.Mail;

/** The processors of {@code mailetcontainer.xml}, as their rules want them. */
public final class Processors {

    private final Map<String, PipelineElement> byState;

    private Processors(Map<String, PipelineElement> byState) {
        this.byState = byState;
    }

    /**
     * Reads the file of the configuration folder, or the built-in one, and checks its rules.
     *
     * @throws PipelineException if anything is wrong; the message says where, and what to do
     */
    public static Processors read(Optional<Path> file) throws PipelineException {
        return new Processors(new PipelineRules(PipelineFile.read(file)).processors());
    }

    PipelineElement of(String state) {
        return Optional.ofNullable(byState.get(state)).orElseThrow();
    }

    /** The processors that James's spooler runs, as James's container reads them. */
    public HierarchicalConfiguration<ImmutableNode> spooled() {
        ImmutableNode root = new ImmutableNode.Builder()
                .name("processors")
                .addAttribute("enableJmx", "false")
                // James's spooler begins with the processor "root".
                .addChild(spooled(PipelineRules.CARRIAGE, Mail.DEFAULT))
                .addChild(spooled(PipelineRules.ERROR, Mail.ERROR))
                .create();
        BaseHierarchicalConfiguration configuration = new BaseHierarchicalConfiguration();
        configuration.getNodeModel().setRootNode(root);
        return configuration;
    }

    private ImmutableNode spooled(String state, String james) {
        ImmutableNode mailet = of(state)
                .children()
                .get(0)
                .configuration()
                .getNodeModel()
                .getNodeHandler()
                .getRootNode();
        // What a mailet throws makes the spooler put the mail back, to be tried again after a pause.
        ImmutableNode propagate = new ImmutableNode.Builder()
                .name("onMailetException")
                .value("propagate")
                .create();
        return new ImmutableNode.Builder()
                .name("processor")
                .addAttribute("state", james)
                .addAttribute("enableJmx", "false")
                .addChild(mailet.addChild(propagate))
                .create();
    }
}
