package org.therapost.mailets.mime;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.PermFailException;
import org.apache.james.jdkim.impl.BodyHasherImpl;

/** The hash of a body in its canonical form (RFC 6376 section 3.4), by jDKIM but for what jDKIM 0.5 gets wrong. */
public final class BodyHash extends BodyHasherImpl {

    private final boolean relaxed;
    private boolean blank = true;

    /** @param record names the canonicalization and the hash */
    public BodyHash(SignatureRecord record) throws PermFailException {
        super(record);
        this.relaxed = SignatureRecord.RELAXED.equals(record.getBodyCanonicalisationMethod());
    }

    @Override
    public OutputStream getOutputStream() {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] octets, int offset, int length) throws IOException {
                for (int i = offset; blank && i < offset + length; i++) {
                    blank = isBlank(octets[i]);
                }
                out.write(octets, offset, length);
            }

            @Override
            public void write(int octet) throws IOException {
                blank = blank && isBlank((byte) octet);
                out.write(octet);
            }
        };
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }

    /**
     * Section 3.4.4: a body of which no line is left has the hash of nothing. jDKIM hashes one line end for it, which is the
     * "simple" canonicalization of section 3.4.3.
     */
    @Override
    public byte[] getDigest() {
        byte[] hash = super.getDigest();
        try {
            return relaxed && blank ? MessageDigest.getInstance("SHA-256").digest() : hash;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
