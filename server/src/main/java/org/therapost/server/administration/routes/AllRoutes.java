package org.therapost.server.administration.routes;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Everything that can be asked. */
public final class AllRoutes implements Routes {

    private final Map<String, Route> all = new HashMap<>();
    private final StatusRoutes status;

    /** @param status is also asked by those who watch the server, without a token */
    public AllRoutes(Set<Routes> parts, StatusRoutes status) {
        this.status = status;
        parts.forEach(part -> all.putAll(part.routes()));
        all.putAll(status.routes());
    }

    public StatusRoutes status() {
        return status;
    }

    @Override
    public Map<String, Route> routes() {
        return Map.copyOf(all);
    }
}
