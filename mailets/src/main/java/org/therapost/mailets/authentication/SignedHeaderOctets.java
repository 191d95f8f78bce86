package org.therapost.mailets.authentication;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/**
 * Takes from jDKIM the octets that were signed. jDKIM would feed them to an RSA signature; those of Ed25519 are made over
 * their hash (RFC 8463 section 3).
 */
final class SignedHeaderOctets extends Signature {

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    SignedHeaderOctets() {
        super("octets");
    }

    /** Whether the signature of a record is over these octets. */
    boolean isSigned(DkimRecord record, PublicKey key) throws GeneralSecurityException {
        byte[] signed = octets.toByteArray();
        Signature signature = Signature.getInstance(record.isEd25519() ? "Ed25519" : "SHA256withRSA");
        signature.initVerify(key);
        signature.update(
                record.isEd25519() ? MessageDigest.getInstance("SHA-256").digest(signed) : signed);
        return signature.verify(record.getSignature());
    }

    @Override
    protected void engineInitVerify(PublicKey key) {
        octets.reset();
    }

    @Override
    protected void engineUpdate(byte octet) {
        octets.write(octet);
    }

    @Override
    protected void engineUpdate(byte[] buffer, int offset, int length) {
        octets.write(buffer, offset, length);
    }

    @Override
    protected void engineInitSign(PrivateKey key) {
        throw new UnsupportedOperationException("it only listens");
    }

    @Override
    protected byte[] engineSign() {
        throw new UnsupportedOperationException("it only listens");
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
        throw new UnsupportedOperationException("it only listens");
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
        throw new InvalidParameterException(name);
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
        throw new InvalidParameterException(name);
    }
}
