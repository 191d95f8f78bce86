package org.therapost.mailets.calendar.text;

import java.util.Map;

/**
 * One property of a component, its value as it stands.
 *
 * @param parameters by name in upper case, without quotes
 */
public record CalendarProperty(String name, Map<String, String> parameters, String value) {

    /** A parameter's value, or an empty text. */
    public String parameter(String parameter) {
        return parameters.getOrDefault(parameter, "");
    }

    @Override
    public String toString() {
        return "Property[" + name + "]";
    }
}
