package org.therapost.server.administration.routes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.therapost.domain.people.SigningKey;

/**
 * What has to stand in the DNS so that mail finds the way here and what leaves is believed.
 *
 * @param hostname the server's own name
 * @param smarthost whether another server sends our mail
 */
public record PracticeRecords(String hostname, boolean smarthost) {

    /** The records of a practice, each with name, type and value. */
    List<Map<String, String>> of(SigningKey key) {
        return List.of(
                record(key.domain(), "MX", "10 " + hostname + "."),
                record(key.domain(), "TXT", smarthost ? "v=spf1 mx ~all" : "v=spf1 mx -all"),
                record(key.recordName(), "TXT", key.recordText()),
                record("_dmarc." + key.domain(), "TXT", "v=DMARC1; p=reject; adkim=s; aspf=s"));
    }

    private static Map<String, String> record(String name, String type, String value) {
        Map<String, String> record = new LinkedHashMap<>();
        record.put("name", name);
        record.put("type", type);
        record.put("value", value);
        return record;
    }
}
