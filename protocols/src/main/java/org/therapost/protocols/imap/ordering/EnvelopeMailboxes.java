package org.therapost.protocols.imap.ordering;

import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.dom.address.Address;
import org.apache.james.mime4j.dom.address.AddressList;
import org.apache.james.mime4j.dom.address.Group;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.jspecify.annotations.Nullable;

/** Addresses as ENVELOPE has them (RFC 3501 section 7.4.2). */
final class EnvelopeMailboxes {

    /** Only the first address counts. */
    private static final int READ = 2_000;

    private static final LenientAddressParser PARSER = LenientAddressParser.DEFAULT;

    private EnvelopeMailboxes() {}

    /** {@code addr-mailbox} of the first address: its local part, or a group's name; empty if there is none. */
    static String first(String field) {
        if (field.isBlank()) {
            return "";
        }
        // mime4j reads octets, one to a character.
        byte[] octets = (field.length() > READ ? field.substring(0, READ) : field).getBytes(StandardCharsets.UTF_8);
        AddressList list = PARSER.parseAddressList(new String(octets, StandardCharsets.ISO_8859_1));
        if (list.isEmpty()) {
            return "";
        }
        Address address = list.get(0);
        if (address instanceof Group group) {
            return text(group.getName());
        }
        return text(((Mailbox) address).getLocalPart());
    }

    private static String text(@Nullable String octets) {
        return octets == null ? "" : new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
