package org.therapost.mailets.calendar.text;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.therapost.domain.addresses.Ascii;
import org.therapost.domain.addresses.EmailAddress;

/** Addresses as calendars write them: {@code mailto:} URIs (RFC 6068), or what programs write instead of one. */
public final class MailtoUri {

    private static final String SCHEME = "mailto:";
    // RFC 6068 section 2: what may stand in an address of a URI as it is; everything else as octets of UTF-8.
    private static final String PLAIN = "!$*+-._~'&=@";

    private MailtoUri() {}

    /** The URI of an address. */
    public static String of(EmailAddress address) {
        StringBuilder uri = new StringBuilder(SCHEME);
        for (byte octet : address.value().getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (octet & 0xFF);
            if (letter < 0x80 && (Character.isLetterOrDigit(letter) || PLAIN.indexOf(letter) >= 0)) {
                uri.append(letter);
            } else {
                uri.append(String.format(Locale.ROOT, "%%%02X", octet & 0xFF));
            }
        }
        return uri.toString();
    }

    /** Empty if it is no mailbox address. */
    public static Optional<EmailAddress> read(String text) {
        int scheme = Ascii.lowerCase(text).lastIndexOf(SCHEME);
        String address = (scheme < 0 ? text : text.substring(scheme + SCHEME.length())).strip();
        return scheme < 0 ? address(address) : decoded(address).flatMap(MailtoUri::address);
    }

    private static Optional<EmailAddress> address(String text) {
        return EmailAddress.parse(text).toOptional();
    }

    /** Programs that know no RFC 6068 write a bare percent sign: it stays one. */
    private static Optional<String> decoded(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        byte[] given = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < given.length; i++) {
            int high = i + 2 < given.length ? Character.digit(given[i + 1], 16) : -1;
            int low = i + 2 < given.length ? Character.digit(given[i + 2], 16) : -1;
            if (given[i] == '%' && high >= 0 && low >= 0) {
                octets.write(high * 16 + low);
                i += 2;
            } else {
                octets.write(given[i]);
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString());
        } catch (CharacterCodingException noText) {
            return Optional.empty();
        }
    }
}
