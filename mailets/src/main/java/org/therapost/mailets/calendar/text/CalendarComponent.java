package org.therapost.mailets.calendar.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A calendar component: its properties and the components within, in order. */
public final class CalendarComponent {

    private final String name;
    private final List<CalendarProperty> properties = new ArrayList<>();
    private final List<CalendarComponent> components = new ArrayList<>();

    CalendarComponent(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    void add(CalendarProperty property) {
        properties.add(property);
    }

    void add(CalendarComponent calendarComponent) {
        components.add(calendarComponent);
    }

    public List<CalendarComponent> components() {
        return components;
    }

    public List<CalendarComponent> components(String called) {
        return components.stream().filter(one -> one.name.equals(called)).toList();
    }

    public List<CalendarProperty> properties(String called) {
        return properties.stream().filter(one -> one.name().equals(called)).toList();
    }

    /** The first of that name. */
    public Optional<CalendarProperty> property(String called) {
        return properties.stream().filter(one -> one.name().equals(called)).findFirst();
    }

    /** The value of the first property of that name, if it is not blank. */
    public Optional<String> value(String called) {
        return property(called).map(one -> one.value().strip()).filter(value -> !value.isEmpty());
    }

    @Override
    public String toString() {
        return "Component[" + name + "]";
    }
}
