package org.therapost.protocols.imap.fetch;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.mime.AddressListParser;
import org.therapost.domain.mime.EnvelopeAddress;
import org.therapost.domain.mime.MimeHeader;

/**
 * ENVELOPE (RFC 3501 section 7.4.2): what the header says, in its own octets. Encoded words stay encoded, raw octets stay raw: a program that
 * reads the header itself and one that reads this see the same.
 */
final class EnvelopeText {

    private EnvelopeText() {}

    static void write(MimeHeader header, ImapText to) {
        List<EnvelopeAddress> from = addresses(header, "From").orElse(List.of());
        to.list();
        to.string(header.first("Date"));
        to.string(header.first("Subject"));
        write(from, to);
        // "The server defaults them to From": also where the field is there and names nobody.
        write(addresses(header, "Sender").orElse(from), to);
        write(addresses(header, "Reply-To").orElse(from), to);
        write(addresses(header, "To").orElse(List.of()), to);
        write(addresses(header, "Cc").orElse(List.of()), to);
        write(addresses(header, "Bcc").orElse(List.of()), to);
        to.string(header.first("In-Reply-To").filter(value -> !value.isEmpty()));
        to.string(header.first("Message-ID").filter(value -> !value.isEmpty()));
        to.endList();
    }

    private static Optional<List<EnvelopeAddress>> addresses(MimeHeader header, String name) {
        return header.first(name).map(AddressListParser::of).filter(some -> !some.isEmpty());
    }

    private static void write(List<EnvelopeAddress> addresses, ImapText to) {
        if (addresses.isEmpty()) {
            to.nil();
            return;
        }
        to.list();
        for (EnvelopeAddress address : addresses) {
            to.joined().list();
            to.string(address.name());
            to.string(address.route());
            to.string(address.mailbox());
            to.string(address.host());
            to.endList();
        }
        to.endList();
    }
}
