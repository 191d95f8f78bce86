package org.therapost.server.commandline.io;

import java.lang.reflect.Proxy;

/**
 * Being told to stop. A shutdown hook would run beside that of the embedded PostgreSQL, which would take the database away
 * from under the messages in work; a signal handler runs before all hooks. By reflection: the compiler warns of
 * {@code sun.misc.Signal}, which every JDK has and for which there is no other name.
 */
public final class StopSignals {

    private StopSignals() {}

    /** Runs something at SIGTERM and at Ctrl-C, instead of ending the process. */
    public static void onStop(Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object ours = Proxy.newProxyInstance(
                StopSignals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                    if (method.getName().equals("handle")) {
                        action.run();
                    }
                    return null;
                });
        for (String name : new String[] {"TERM", "INT"}) {
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        }
    }
}
