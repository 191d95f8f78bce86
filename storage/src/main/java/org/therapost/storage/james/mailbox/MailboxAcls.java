package org.therapost.storage.james.mailbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxACL.EntryKey;
import org.apache.james.mailbox.model.MailboxACL.Rfc4314Rights;

/** Access control lists (RFC 4314) as JSON: one member for each identifier, its value the rights. */
final class MailboxAcls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> ENTRIES = new TypeReference<>() {};

    private MailboxAcls() {}

    static String write(MailboxACL acl) throws MailboxException {
        Map<String, String> entries = new TreeMap<>();
        acl.getEntries().forEach((key, rights) -> entries.put(key.serialize(), rights.serialize()));
        try {
            return JSON.writeValueAsString(entries);
        } catch (JsonProcessingException broken) {
            throw new MailboxException("the access control list cannot be written", broken);
        }
    }

    static MailboxACL read(String json) throws MailboxException {
        try {
            Map<EntryKey, Rfc4314Rights> entries = new HashMap<>();
            for (Map.Entry<String, String> entry : JSON.readValue(json, ENTRIES).entrySet()) {
                entries.put(EntryKey.deserialize(entry.getKey()), Rfc4314Rights.deserialize(entry.getValue()));
            }
            return new MailboxACL(entries);
        } catch (JsonProcessingException broken) {
            throw new MailboxException("the access control list cannot be read", broken);
        }
    }
}
