package org.therapost.domain.sealing;

import java.util.Arrays;

/** An OpenPGP certificate: a transferable public key in binary form (RFC 9580 section 10.1). */
public record Certificate(byte[] encoded) {

    public Certificate {
        if (encoded.length == 0) {
            throw new IllegalArgumentException("an empty certificate");
        }
        encoded = encoded.clone();
    }

    @Override
    public byte[] encoded() {
        return encoded.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Certificate that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return "Certificate[" + encoded.length + " octets]";
    }
}
