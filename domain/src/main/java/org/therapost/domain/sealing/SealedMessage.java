package org.therapost.domain.sealing;

/**
 * A message that only its readers can open. All of it is standard OpenPGP: {@code keyPackets} followed by
 * {@code dataPacket} is an encrypted message (RFC 9580 section 10.3) whose content is the mail, octet for octet;
 * {@code keyPackets} followed by {@code headerPacket} is one whose content is the mail's header section.
 *
 * @param keyPackets one public-key encrypted session key packet for each reader
 * @param headerPacket the header section, sealed under the same session key; empty if the server serves an envelope
 * @param dataPacket the whole mail
 * @param envelope empty, or the clear outside of the PGP/MIME entity in which IMAP serves the message: all octets before
 *     the ASCII armor; or all {@code size} octets, if the message arrived as such an entity
 * @param headerSize octets of the header section as IMAP serves it
 * @param size octets of the message as IMAP serves it
 */
public record SealedMessage(
        byte[] keyPackets, byte[] headerPacket, byte[] dataPacket, byte[] envelope, int headerSize, int size) {

    /**
     * The same, but served octet for octet as it arrived: for a message that its author's own program has encrypted to the
     * reader whose program opens envelopes. That program opens one layer only, so ours would hide theirs.
     *
     * @param arrived what was sealed here
     */
    public SealedMessage servedAs(MailContent arrived) {
        return new SealedMessage(
                keyPackets, new byte[0], dataPacket, arrived.octets(), arrived.headerSize(), arrived.size());
    }

    @Override
    public String toString() {
        return "SealedMessage[" + size + " octets]";
    }
}
