package org.therapost.mailets.calendar;

import java.util.Map;

/**
 * One property of a component, its value as it stands.
 *
 * @param parameters by name in upper case, without quotes
 */
record Property(String name, Map<String, String> parameters, String value) {

    /** A parameter's value, or an empty text. */
    String parameter(String parameter) {
        return parameters.getOrDefault(parameter, "");
    }

    @Override
    public String toString() {
        return "Property[" + name + "]";
    }
}
