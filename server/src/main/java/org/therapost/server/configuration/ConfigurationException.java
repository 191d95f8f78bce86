package org.therapost.server.configuration;

/** A configuration that the server does not start with. The text is one readable line that names the key. */
public class ConfigurationException extends Exception {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }
}
