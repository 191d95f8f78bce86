package org.therapost.mailets.letters;

import com.github.mustachejava.MustacheException;
import com.github.mustachejava.TemplateContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How a letter looks, as plain text and as HTML; the same for everybody. */
final class LetterLayout {

    private static final Set<String> NAMES = Set.of("language", "subject", "paragraphs", "lines", "line", "again");

    private final MustacheTemplate text;
    private final MustacheTemplate html;

    private LetterLayout(MustacheTemplate text, MustacheTemplate html) {
        this.text = text;
        this.html = html;
    }

    static LetterLayout of(String textName, String text, String htmlName, String html) {
        return new LetterLayout(
                template(textName, text, MustacheTemplate.Form.PLAIN),
                template(htmlName, html, MustacheTemplate.Form.HTML));
    }

    private static MustacheTemplate template(String name, String text, MustacheTemplate.Form form) {
        MustacheTemplate template;
        try {
            template = MustacheTemplate.of(text, name, form);
        } catch (MustacheException broken) {
            TemplateContext at = broken.getContext();
            throw new TemplateException(name, at == null ? 1 : at.line(), String.valueOf(broken.getMessage()));
        }
        for (String used : template.names()) {
            if (!NAMES.contains(used)) {
                throw new TemplateException(name, line(text, used), "nothing here is called {{" + used + "}}");
            }
        }
        return template;
    }

    private static int line(String text, String used) {
        int at = Math.max(0, text.indexOf(used));
        return (int) text.substring(0, at + used.length()).lines().count();
    }

    String text(Wording wording, Locale language) {
        return text.with(values(wording, language)).strip() + "\n";
    }

    String html(Wording wording, Locale language) {
        return html.with(values(wording, language)).strip() + "\n";
    }

    private static Map<String, ?> values(Wording wording, Locale language) {
        List<Map<String, ?>> paragraphs = new ArrayList<>();
        for (String paragraph : wording.paragraphs()) {
            List<Map<String, ?>> lines = new ArrayList<>();
            paragraph.lines().forEach(line -> lines.add(Map.of("line", line, "again", !lines.isEmpty())));
            paragraphs.add(Map.of("lines", lines));
        }
        return Map.of("language", language.toLanguageTag(), "subject", wording.subject(), "paragraphs", paragraphs);
    }
}
