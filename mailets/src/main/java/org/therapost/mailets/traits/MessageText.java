package org.therapost.mailets.traits;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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

    /** Characters of all texts of a mail. */
    private static final int ALL = 4 * TEXT;

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

    /**
     * All texts of a mail, in their order: of what is there in several forms (RFC 2046 section 5.1.4) the plain ones, if they are
     * not blank.
     */
    static List<String> all(MailContent mail) {
        MimeTokenStream tokens = new MimeTokenStream(LIMITS);
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parse(mail.stream());
        List<String> texts = new ArrayList<>();
        Forms forms = new Forms();
        try {
            int parts = 0;
            int alternatives = 0;
            Deque<Boolean> around = new ArrayDeque<>();
            for (EntityState state = tokens.getState();
                    state != EntityState.T_END_OF_STREAM && parts < PARTS;
                    state = tokens.next()) {
                if (state == EntityState.T_START_MULTIPART) {
                    around.push(tokens.getBodyDescriptor().getMimeType().equalsIgnoreCase("multipart/alternative"));
                    alternatives += around.getFirst() ? 1 : 0;
                } else if (state == EntityState.T_END_MULTIPART) {
                    alternatives -= around.pop() ? 1 : 0;
                } else if (state == EntityState.T_BODY) {
                    parts++;
                    forms.read(tokens);
                }
                if (alternatives == 0) {
                    forms.moveTo(texts);
                }
            }
        } catch (MimeException | IOException broken) {
            // What was read before it broke is what there is.
        }
        forms.moveTo(texts);
        return texts;
    }

    /** Texts that say the same. */
    private static final class Forms {
        private final List<String> plain = new ArrayList<>();
        private final List<String> html = new ArrayList<>();
        private int room = ALL;

        void read(MimeTokenStream tokens) throws IOException {
            String type = tokens.getBodyDescriptor().getMimeType().toLowerCase(Locale.ROOT);
            if (type.equals("text/plain")) {
                String text = taken(tokens, TEXT);
                if (!text.isBlank()) {
                    plain.add(text);
                }
            } else if (type.equals("text/html")) {
                html.add(taken(tokens, HTML));
            }
        }

        private String taken(MimeTokenStream tokens, int limit) throws IOException {
            String text = decoded(tokens, Math.min(limit, room));
            room -= text.length();
            return text;
        }

        void moveTo(List<String> texts) {
            if (plain.isEmpty()) {
                html.stream().map(MessageText::stripped).forEach(texts::add);
            }
            texts.addAll(plain);
            plain.clear();
            html.clear();
        }
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
