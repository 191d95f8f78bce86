package org.therapost.mailets.calendar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A calendar component: its properties and the components within, in order. */
final class Component {

    private final String name;
    private final List<Property> properties = new ArrayList<>();
    private final List<Component> components = new ArrayList<>();

    Component(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void add(Property property) {
        properties.add(property);
    }

    void add(Component component) {
        components.add(component);
    }

    List<Component> components() {
        return components;
    }

    List<Component> components(String called) {
        return components.stream().filter(one -> one.name.equals(called)).toList();
    }

    List<Property> properties(String called) {
        return properties.stream().filter(one -> one.name().equals(called)).toList();
    }

    /** The first of that name. */
    Optional<Property> property(String called) {
        return properties.stream().filter(one -> one.name().equals(called)).findFirst();
    }

    /** The value of the first property of that name, if it is not blank. */
    Optional<String> value(String called) {
        return property(called).map(one -> one.value().strip()).filter(value -> !value.isEmpty());
    }

    @Override
    public String toString() {
        return "Component[" + name + "]";
    }
}
