package org.therapost.server.commandline;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** One segment of a path (RFC 3986 section 3.3). */
final class Segment {

    private Segment() {}

    static String of(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
