package org.therapost.server.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;

/**
 * An element of {@code mailetcontainer.xml}.
 *
 * @param file the file, as the operator knows it
 * @param line on which its start tag ends
 * @param text between its tags, without the white space around it
 */
record PipelineElement(
        String file,
        int line,
        String name,
        Map<String, String> attributes,
        List<PipelineElement> children,
        String text) {

    PipelineElement {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    Optional<String> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute)).map(String::strip);
    }

    /** Where it stands, for a message to the operator: {@code mailetcontainer.xml, line 12, <mailet class="Seal">}. */
    String place() {
        String key = name.equals("processor") ? "state" : "class";
        return file + ", line " + line + ", <" + name
                + attribute(key).map(value -> " " + key + "=\"" + value + "\"").orElse("") + ">";
    }

    /** A complaint about it. */
    PipelineException wrong(String what) {
        return new PipelineException(place() + ": " + what);
    }

    /** As James's containers read it. */
    BaseHierarchicalConfiguration configuration() {
        BaseHierarchicalConfiguration configuration = new BaseHierarchicalConfiguration();
        configuration.getNodeModel().setRootNode(node());
        return configuration;
    }

    private ImmutableNode node() {
        ImmutableNode.Builder node = new ImmutableNode.Builder().name(name);
        attributes.forEach(node::addAttribute);
        children.forEach(child -> node.addChild(child.node()));
        if (!text.isEmpty()) {
            node.value(text);
        }
        return node.create();
    }
}
