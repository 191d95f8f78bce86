package org.therapost.mailets.mime;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.SigningSubkey;

/** The value of the field {@code Autocrypt}: Autocrypt Level 1 section 2.1, https://autocrypt.org/level1.html. */
final class AutocryptField {

    private static final int LINE = 72;
    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(LINE, "\r\n ".getBytes(StandardCharsets.US_ASCII));

    private AutocryptField() {}

    /**
     * For mail from an address. The certificates that we make have no more than the field is for: one user ID, one certification, and
     * of each kind one subkey.
     */
    static String of(EmailAddress from, SigningSubkey subkey) {
        return "addr=" + from.value() + "; prefer-encrypt=mutual; keydata=\r\n "
                + LINES.encodeToString(subkey.certificate().encoded());
    }
}
