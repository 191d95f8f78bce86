package org.therapost.server.administration;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Connections that wait for their other end: for the rest of a request, or until a reply is taken. There is a bound to
 * them, and the oldest gives way to the newest, so that however many are held open, a request that comes whole is heard.
 *
 * <p>Used by one event loop alone.
 */
final class OpenConnections {

    private final int most;
    private final Set<Channel> waiting = new LinkedHashSet<>();

    OpenConnections(int most) {
        this.most = most;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what cannot be closed has ended
    void add(Channel channel) {
        if (waiting.size() >= most) {
            Iterator<Channel> oldest = waiting.iterator();
            Channel given = oldest.next();
            oldest.remove();
            given.close();
        }
        waiting.add(channel);
    }

    void remove(Channel channel) {
        waiting.remove(channel);
    }
}
