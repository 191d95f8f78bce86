package org.therapost.server.wiring;

import com.google.inject.Injector;
import javax.inject.Inject;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.lib.handler.ProtocolHandlerLoader;

/** Has James's handlers made by Guice. */
public final class InjectedHandlers implements ProtocolHandlerLoader {

    private final Injector injector;

    @Inject
    public InjectedHandlers(Injector injector) {
        this.injector = injector;
    }

    @Override
    public ProtocolHandler load(String name, Configuration configuration) throws LoadingException {
        try {
            ProtocolHandler handler = (ProtocolHandler) injector.getInstance(Class.forName(name));
            handler.init(configuration);
            return handler;
        } catch (ClassNotFoundException | ConfigurationException unknown) {
            throw new LoadingException("cannot load " + name, unknown);
        }
    }
}
