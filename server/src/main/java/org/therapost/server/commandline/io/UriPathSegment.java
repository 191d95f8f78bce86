package org.therapost.server.commandline.io;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** One segment of a path (RFC 3986 section 3.3). */
public final class UriPathSegment {

    private UriPathSegment() {}

    public static String of(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
