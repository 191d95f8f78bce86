package org.therapost.mailets.letters;

import com.github.mustachejava.Binding;
import com.github.mustachejava.Code;
import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.DefaultMustacheVisitor;
import com.github.mustachejava.Mustache;
import com.github.mustachejava.MustacheException;
import com.github.mustachejava.MustacheVisitor;
import com.github.mustachejava.TemplateContext;
import com.github.mustachejava.reflect.AbstractObjectHandler;
import com.github.mustachejava.util.Wrapper;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One Mustache template, without whatever Mustache offers beyond names and sections: no other files, no unescaped values,
 * no Java objects. A name that is not known is found when the template is read, not when a letter is due.
 */
final class MustacheTemplate {

    /** What the text becomes part of. */
    enum Form {
        PLAIN,
        HTML
    }

    private final Mustache mustache;
    private final Set<String> names;

    private MustacheTemplate(Mustache mustache, Set<String> names) {
        this.mustache = mustache;
        this.names = Set.copyOf(names);
    }

    /**
     * Reads a template.
     *
     * @param file how to call it when something is wrong
     * @throws MustacheException if it is broken
     */
    static MustacheTemplate of(String text, String file, Form form) {
        Set<String> names = new TreeSet<>();
        return new MustacheTemplate(new Strict(form, names).compile(new StringReader(text), file), names);
    }

    /** Names that it uses. */
    Set<String> names() {
        return names;
    }

    /** Fills it in. Values are text, truth, or lists of such maps. */
    String with(Map<String, ?> values) {
        StringWriter out = new StringWriter();
        try (Writer written = mustache.execute(out, values)) {
            written.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString();
    }

    private static final class Strict extends DefaultMustacheFactory {

        private final Form form;
        private final Set<String> names;

        Strict(Form form, Set<String> names) {
            this.form = form;
            this.names = names;
            setObjectHandler(new MapsOnly());
        }

        @Override
        public void encode(String value, Writer out) {
            if (form == Form.HTML) {
                super.encode(value, out);
                return;
            }
            try {
                out.write(value);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        @Override
        public Reader getReader(String other) {
            throw new MustacheException("a template cannot include another file");
        }

        @Override
        public MustacheVisitor createMustacheVisitor() {
            return new NamesOnly(this, names);
        }
    }

    private static final class NamesOnly extends DefaultMustacheVisitor {

        private final Set<String> names;

        NamesOnly(DefaultMustacheFactory factory, Set<String> names) {
            super(factory);
            this.names = names;
        }

        @Override
        public void value(TemplateContext at, String name, boolean escaped) {
            if (!escaped) {
                throw new MustacheException("values are always escaped: write {{" + name + "}}", at);
            }
            names.add(name);
            super.value(at, name, true);
        }

        @Override
        public void iterable(TemplateContext at, String name, Mustache section) {
            names.add(name);
            super.iterable(at, name, section);
        }

        @Override
        public void notIterable(TemplateContext at, String name, Mustache section) {
            names.add(name);
            super.notIterable(at, name, section);
        }

        @Override
        public void partial(TemplateContext at, String name, String indent) {
            throw new MustacheException("a template cannot include another file", at);
        }

        @Override
        public void dynamicPartial(TemplateContext at, String name, String indent) {
            throw new MustacheException("a template cannot include another file", at);
        }

        @Override
        public void extend(TemplateContext at, String name, Mustache section) {
            throw new MustacheException("a template cannot include another file", at);
        }

        @Override
        public void pragma(TemplateContext at, String name, String arguments) {
            throw new MustacheException("pragmas are not supported", at);
        }
    }

    /** Looks into maps, innermost first; never at fields or methods. */
    private static final class MapsOnly extends AbstractObjectHandler {

        @Override
        public Wrapper find(String name, List<Object> scopes) {
            return at -> value(name, at);
        }

        @Override
        public Binding createBinding(String name, TemplateContext at, Code code) {
            return scopes -> value(name, scopes);
        }

        private static @Nullable Object value(String name, List<Object> scopes) {
            for (int i = scopes.size() - 1; i >= 0; i--) {
                if (scopes.get(i) instanceof Map<?, ?> map && map.containsKey(name)) {
                    return map.get(name);
                }
            }
            throw new MustacheException("no value for " + name);
        }
    }
}
