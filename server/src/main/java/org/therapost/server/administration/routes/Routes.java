package org.therapost.server.administration.routes;

import java.util.Map;

/** What can be asked about one thing. */
public interface Routes {

    /** By method and path. */
    Map<String, Route> routes();
}
