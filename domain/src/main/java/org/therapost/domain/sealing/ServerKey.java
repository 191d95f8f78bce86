package org.therapost.domain.sealing;

import java.nio.charset.StandardCharsets;

/**
 * The server's own key. It rests in a file outside the database and protects what the server must be able to read
 * without a therapist present: the mail queue, addresses and names of clients, folder names. A database dump without
 * this file shows none of them.
 */
public final class ServerKey {

    /** Octets in the file. */
    public static final int SIZE = SymmetricKey.SIZE;

    private final SymmetricKey key;

    /**
     * Derives the working keys; the array may be wiped afterwards.
     *
     * @throws IllegalArgumentException if it has not exactly {@link #SIZE} octets
     */
    public ServerKey(byte[] master) {
        this.key = new SymmetricKey(master);
    }

    /** Octets for a new key file. */
    public static byte[] generate() {
        return SymmetricKey.generate();
    }

    /** Seals octets for their place in the database: they open in no other. */
    public byte[] seal(byte[] plain, SealedCell cell) {
        return key.seal(plain, cell.associated());
    }

    /**
     * Opens what {@link #seal(byte[], SealedCell)} made.
     *
     * @throws SealedException if the key or the place is another one, or an octet was changed
     */
    public byte[] open(byte[] sealed, SealedCell cell) throws SealedException {
        return key.open(sealed, cell.associated());
    }

    /** Seals text (UTF-8) for a purpose alone: it opens in whatever row it stands. */
    public byte[] sealUnbound(String plain, SealingPurpose purpose) {
        return key.seal(plain.getBytes(StandardCharsets.UTF_8), purpose.label());
    }

    /**
     * Opens octets that were sealed for a purpose alone.
     *
     * @throws SealedException if the key or the purpose is another one, or an octet was changed
     */
    public byte[] openUnbound(byte[] sealed, SealingPurpose purpose) throws SealedException {
        return key.open(sealed, purpose.label());
    }

    /**
     * A stable pseudonym, 32 octets: equal for equal text and purpose, and useless to anyone without this key.
     */
    public byte[] pseudonym(String text, SealingPurpose purpose) {
        return pseudonym(text.getBytes(StandardCharsets.UTF_8), purpose);
    }

    /** A stable pseudonym, 32 octets, as of a text. */
    public byte[] pseudonym(byte[] octets, SealingPurpose purpose) {
        return key.pseudonym(octets, purpose.label());
    }

    /** A key of its own with which the server authenticates rows of the database. */
    public AuthenticationKey authentication(AuthenticationPurpose purpose) {
        return key.authentication(purpose.label());
    }

    @Override
    public String toString() {
        return "ServerKey";
    }
}
