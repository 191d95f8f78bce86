package org.therapost.server.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads {@code mailetcontainer.xml}, James's own format, and remembers on which line each element stands. */
public final class PipelineFile {

    /** Its name. */
    public static final String NAME = "mailetcontainer.xml";

    private final String name;
    private final XMLStreamReader xml;

    private PipelineFile(String name, XMLStreamReader xml) {
        this.name = name;
        this.xml = xml;
    }

    /**
     * Reads the file of the configuration folder, or the built-in one.
     *
     * @throws PipelineException if it is missing or no such file; the message says what to do
     */
    static PipelineElement read(Optional<Path> file) throws PipelineException {
        String name = file.map(Path::toString).orElse("the built-in " + NAME);
        try (InputStream octets = open(file)) {
            return read(name, octets);
        } catch (IOException unreadable) {
            throw new PipelineException(
                    name + " cannot be read (" + unreadable.getClass().getSimpleName()
                            + "): without it no mail may be taken. Put back the file that comes with Therapost, and your own"
                            + " changes to it",
                    unreadable);
        }
    }

    private static InputStream open(Optional<Path> file) throws IOException {
        if (file.isPresent()) {
            return Files.newInputStream(file.get());
        }
        InputStream packaged = PipelineFile.class.getResourceAsStream(NAME);
        if (packaged == null) {
            throw new IOException("not in this build");
        }
        return packaged;
    }

    /** Reads it from octets. */
    static PipelineElement read(String name, InputStream octets) throws PipelineException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        // No entities: what this file says stands in this file.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(octets);
            while (xml.next() != XMLStreamConstants.START_ELEMENT) {
                // Comments before the root.
            }
            return new PipelineFile(name, xml).element();
        } catch (XMLStreamException broken) {
            int line = Optional.ofNullable(broken.getLocation())
                    .map(location -> location.getLineNumber())
                    .orElse(1);
            throw new PipelineException(
                    name + ", line " + line + ": this is no well-formed XML: "
                            + String.valueOf(broken.getMessage()).replaceAll("\\s+", " "),
                    broken);
        }
    }

    private PipelineElement element() throws XMLStreamException {
        int line = xml.getLocation().getLineNumber();
        String element = xml.getLocalName();
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        List<PipelineElement> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                children.add(element());
            } else if (event == XMLStreamConstants.CHARACTERS) {
                text.append(xml.getText());
            }
        }
        return new PipelineElement(
                name, line, element, attributes, children, text.toString().strip());
    }
}
