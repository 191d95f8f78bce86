package org.therapost.server.shipped;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file NOTICE, as far as it names artifacts.
 *
 * @param licences under which licence (identifiers of SPDX) each name stands; a name may end with {@code *}
 */
record Notice(Map<String, String> licences) {

    private static final Pattern HEADING = Pattern.compile("== (\\S+) \\(([^)]+)\\)");
    private static final Pattern NAME = Pattern.compile(" {4}([\\w.-]+:(?:[\\w.-]+|\\*))");

    static Notice of(String text) {
        Map<String, String> licences = new LinkedHashMap<>();
        String licence = "";
        for (String line : text.lines().toList()) {
            Matcher heading = HEADING.matcher(line);
            Matcher name = NAME.matcher(line);
            if (heading.matches()) {
                licence = heading.group(1);
            } else if (name.matches() && licences.put(name.group(1), licence) != null) {
                throw new IllegalArgumentException("NOTICE names " + name.group(1) + " twice");
            }
        }
        return new Notice(licences);
    }

    /** The names that stand for an artifact: the exact one, or else the group's. */
    List<String> namesOf(String artifact) {
        if (licences.containsKey(artifact)) {
            return List.of(artifact);
        }
        String group = artifact.substring(0, artifact.indexOf(':') + 1) + "*";
        return licences.containsKey(group) ? List.of(group) : List.of();
    }

    String licenceOf(String name) {
        return licences.getOrDefault(name, "");
    }
}
