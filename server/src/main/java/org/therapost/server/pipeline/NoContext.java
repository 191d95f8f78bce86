package org.therapost.server.pipeline;

import java.lang.reflect.Proxy;
import org.apache.mailet.MailetContext;

/**
 * The mailet context for mailets that ask nothing of it. James's own can bounce mail with its content and send mail past the
 * queue's seal; a mailet that tried would fail here, loudly.
 */
public final class NoContext {

    private NoContext() {}

    public static MailetContext create() {
        return (MailetContext) Proxy.newProxyInstance(
                MailetContext.class.getClassLoader(),
                new Class<?>[] {MailetContext.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "toString" -> "NoContext";
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
