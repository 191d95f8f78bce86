package org.therapost.server.configuration;

import java.util.List;

/**
 * A configuration that the server does not start with. There is one line for each problem; it names the key, what is
 * written, where it is written and what is allowed.
 */
public class ConfigurationException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** @param problems at least one; each is one readable line */
    public ConfigurationException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, one readable line each. */
    public List<String> problems() {
        return problems;
    }
}
