package org.therapost.mailets.calendar.text;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.fortuna.ical4j.data.CalendarParserImpl;
import net.fortuna.ical4j.data.ContentHandler;
import net.fortuna.ical4j.data.ParserException;
import org.therapost.domain.sessions.calendar.CalendarMessage.Reason;

/**
 * Builds the components of a calendar object while ical4j parses it. ical4j's own model is not used: it would look up
 * zones, run validators and take values at their word.
 */
public final class ComponentTree implements ContentHandler {

    /** Components within one another; the parser recurses with them. */
    static final int DEPTH = 4;

    /** Components in all. */
    static final int COMPONENTS = 500;

    /** Properties in all. */
    static final int PROPERTIES = 8_000;

    /** Parameters of one property. */
    static final int PARAMETERS = 30;

    private final CalendarComponent root = new CalendarComponent("");
    private final Deque<CalendarComponent> open = new ArrayDeque<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private String value = "";
    private int components;
    private int properties;
    private boolean beyondLimits;

    private ComponentTree() {
        open.push(root);
    }

    /** The {@code VCALENDAR} components of a text. */
    public static List<CalendarComponent> calendars(byte[] octets, Charset charset) throws UnusableCalendarException {
        List<String> lines = ContentLines.of(octets, charset);
        try {
            return calendars(lines);
        } catch (UnusableCalendarException broken) {
            // The definition of a zone may be what is broken, and its name be known.
            List<String> others = withoutZones(lines);
            if (broken.message().reason() != Reason.BROKEN || others.size() == lines.size()) {
                throw broken;
            }
            return calendars(others);
        }
    }

    /** A definition that does not end ends where an event begins. */
    private static List<String> withoutZones(List<String> lines) {
        List<String> others = new ArrayList<>();
        boolean within = false;
        for (String line : lines) {
            String bare = line.strip().toUpperCase(Locale.ROOT);
            within |= bare.equals("BEGIN:VTIMEZONE");
            within &= !bare.equals("BEGIN:VEVENT") && !bare.equals("END:VCALENDAR");
            if (!within) {
                others.add(line);
            }
            within &= !bare.equals("END:VTIMEZONE");
        }
        return others;
    }

    private static List<CalendarComponent> calendars(List<String> lines) throws UnusableCalendarException {
        ComponentTree tree = new ComponentTree();
        try {
            new CalendarParserImpl(true).parse(new StringReader(String.join("\r\n", lines) + "\r\n"), tree);
        } catch (ParserException | IOException | RuntimeException broken) {
            throw new UnusableCalendarException(tree.beyondLimits ? Reason.BEYOND_LIMITS : Reason.BROKEN);
        }
        return tree.root.components();
    }

    @Override
    public void startCalendar() {
        startComponent("VCALENDAR");
    }

    @Override
    public void endCalendar() {
        endComponent("VCALENDAR");
    }

    @Override
    public void startComponent(String name) {
        bound(open.size() <= DEPTH && ++components <= COMPONENTS);
        CalendarComponent calendarComponent = new CalendarComponent(name);
        open.element().add(calendarComponent);
        open.push(calendarComponent);
    }

    @Override
    public void endComponent(String name) {
        open.pop();
    }

    @Override
    public void startProperty(String name) {
        bound(++properties <= PROPERTIES);
        parameters.clear();
        value = "";
    }

    @Override
    public void propertyValue(String propertyValue) {
        value = propertyValue;
    }

    @Override
    public void endProperty(String name) {
        open.element().add(new CalendarProperty(name.toUpperCase(Locale.ROOT), Map.copyOf(parameters), value));
    }

    @Override
    public void parameter(String name, String parameterValue) {
        bound(parameters.size() < PARAMETERS);
        boolean quoted =
                parameterValue.length() > 1 && parameterValue.startsWith("\"") && parameterValue.endsWith("\"");
        parameters.put(
                name.toUpperCase(Locale.ROOT),
                quoted ? parameterValue.substring(1, parameterValue.length() - 1) : parameterValue);
    }

    private void bound(boolean within) {
        if (!within) {
            beyondLimits = true;
            throw new IllegalStateException("beyond the limits of a calendar object");
        }
    }
}
