package org.therapost.openpgp.packets;

import java.util.Arrays;

/** Octet strings. */
public final class OctetStrings {

    private OctetStrings() {}

    public static byte[] join(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).reduce(0, Math::addExact);
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
