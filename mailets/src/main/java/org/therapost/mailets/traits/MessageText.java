package org.therapost.mailets.traits;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.therapost.domain.sealing.MailContent;

/** The text of a mail: its first {@code text/plain} that is not blank, or its first {@code text/html} without markup and quotations. */
final class MessageText {

    private static final int TEXT = 1024 * 1024;
    private static final int HTML = 512 * 1024;
    private static final int PARTS = 200;
    private static final String QUOTATIONS = "blockquote[type=cite], .gmail_quote, .gmail_attr, .yahoo_quoted, "
            + ".moz-cite-prefix, .protonmail_quote, .moz-signature, .gmail_signature, #Signature, blockquote, script, "
            + "style, head";

    /** Outlook's: a quotation begins here and goes on to the end of what it stands in. */
    private static final String FROM_HERE_ON = "#divRplyFwdMsg, #appendonsend";

    private static final String LINES = "br, p, div, li, tr, h1, h2, h3, h4";
    private static final MimeConfig LIMITS = MimeConfig.custom()
            .setMaxHeaderCount(1_000)
            .setMaxHeaderLen(256 * 1024)
            .setMaxLineLen(-1)
            .setMaxContentLen(-1)
            .setStrictParsing(false)
            .build();

    private MessageText() {}

    /** The text; empty if there is none, or none that can be read. */
    static String of(MailContent mail) {
        MimeTokenStream tokens = new MimeTokenStream(LIMITS);
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parse(mail.stream());
        Optional<String> html = Optional.empty();
        try {
            int parts = 0;
            for (EntityState state = tokens.getState();
                    state != EntityState.T_END_OF_STREAM && parts < PARTS;
                    state = tokens.next()) {
                if (state == EntityState.T_BODY) {
                    parts++;
                    String type = tokens.getBodyDescriptor().getMimeType().toLowerCase(Locale.ROOT);
                    if (type.equals("text/plain")) {
                        String text = decoded(tokens, TEXT);
                        if (!text.isBlank()) {
                            return text;
                        }
                    }
                    if (type.equals("text/html") && html.isEmpty()) {
                        html = Optional.of(decoded(tokens, HTML));
                    }
                }
            }
        } catch (MimeException | IOException broken) {
            // What was read before it broke is what there is.
        }
        return html.map(MessageText::stripped).orElse("");
    }

    private static String decoded(MimeTokenStream tokens, int limit) throws IOException {
        BodyDescriptor descriptor = tokens.getBodyDescriptor();
        byte[] octets = tokens.getDecodedInputStream().readNBytes(limit);
        return new String(octets, charset(descriptor.getCharset()));
    }

    private static Charset charset(String name) {
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name.strip());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        }
    }

    // jsoup parses without recursion; its selectors and texts are walked over iteratively, too.
    private static String stripped(String html) {
        Document document = Jsoup.parse(html);
        document.select(FROM_HERE_ON).forEach(MessageText::removeFromHereOn);
        document.select(QUOTATIONS).remove();
        for (Element line : document.select(LINES)) {
            line.appendText("\n");
        }
        return document.wholeText();
    }

    // Not by a selector: jsoup looks at all siblings before each element, and 100 kB of "<p>" would take minutes.
    private static void removeFromHereOn(Element first) {
        Element parent = first.parent();
        if (parent == null) {
            return;
        }
        for (int last = parent.childNodeSize() - 1; last >= first.siblingIndex(); last--) {
            parent.childNode(last).remove();
        }
    }
}
