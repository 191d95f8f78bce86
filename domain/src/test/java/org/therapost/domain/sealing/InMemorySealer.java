package org.therapost.domain.sealing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A sealer without OpenPGP, for adapters that must not know it: AES under a fresh key, which is sealed to each reader
 * under a key made of the reader's certificate. Whoever has the certificate opens; here it is no secret.
 */
public final class InMemorySealer implements Sealer {

    private static final String LINE = "\r\n";
    private static final String CLOSING = LINE + "-----END FAKE-----" + LINE;

    @Override
    public SealedMessage seal(MailContent content, Readers readers) {
        byte[] session = SymmetricKey.generate();
        SymmetricKey key = new SymmetricKey(session);
        ByteArrayOutputStream keyPackets = new ByteArrayOutputStream();
        for (Certificate certificate : readers.certificates()) {
            keyPackets.writeBytes(keyOf(certificate).seal(session, "session"));
        }
        byte[] data = key.seal(content.octets(), "data");
        if (readers.envelope().isEmpty()) {
            byte[] header = key.seal(content.header(), "header");
            return new SealedMessage(
                    keyPackets.toByteArray(), header, data, new byte[0], content.headerSize(), content.size());
        }
        byte[] envelope = envelope(readers.envelope().get());
        MailContent served = served(envelope, data);
        return new SealedMessage(
                keyPackets.toByteArray(), new byte[0], data, envelope, served.headerSize(), served.size());
    }

    /** A view that opens what was sealed to one of these certificates. */
    public static ReaderView view(Certificate... certificates) {
        return new View(List.of(certificates));
    }

    /** A view that opens nothing and serves envelopes as they are. */
    public static ReaderView closedView() {
        return new View(List.of());
    }

    @Override
    public byte[] encryptForCarriage(byte[] entity, Certificate recipient, Optional<SigningSubkey> signing) {
        byte[] sealed = keyOf(recipient).seal(entity, "carriage");
        return Base64.getMimeEncoder().encode(sealed);
    }

    @Override
    public boolean canEncryptTo(Certificate recipient) {
        return true;
    }

    @Override
    public boolean isEncryptedTo(byte[] openPgpMessage, Certificate certificate) {
        try {
            keyOf(certificate).open(Base64.getMimeDecoder().decode(openPgpMessage), "carriage");
            return true;
        } catch (SealedException | IllegalArgumentException other) {
            return false;
        }
    }

    private record View(List<Certificate> certificates) implements ReaderView {

        @Override
        public byte[] header(SealedMessage message) throws SealedException {
            if (message.envelope().length > 0) {
                return MailContent.of(message.envelope()).header();
            }
            return sessionKey(message).open(message.headerPacket(), "header");
        }

        @Override
        public MailContent content(SealedMessage message) throws SealedException {
            if (message.envelope().length == message.size()) {
                return MailContent.of(message.envelope());
            }
            if (message.envelope().length > 0) {
                return served(message.envelope(), message.dataPacket());
            }
            return MailContent.of(sessionKey(message).open(message.dataPacket(), "data"));
        }

        private SymmetricKey sessionKey(SealedMessage message) throws SealedException {
            int packet = SymmetricKey.generate().length + 28;
            for (Certificate certificate : certificates) {
                for (int at = 0; at < message.keyPackets().length; at += packet) {
                    Optional<byte[]> session =
                            tried(certificate, Arrays.copyOfRange(message.keyPackets(), at, at + packet));
                    if (session.isPresent()) {
                        return new SymmetricKey(session.get());
                    }
                }
            }
            throw new SealedException("sealed to other readers");
        }

        private static Optional<byte[]> tried(Certificate certificate, byte[] keyPacket) {
            try {
                return Optional.of(keyOf(certificate).open(keyPacket, "session"));
            } catch (SealedException forAnother) {
                return Optional.empty();
            }
        }

        @Override
        public void close() {}
    }

    private static byte[] envelope(PgpMimeEnvelope envelope) {
        return String.join(
                        LINE,
                        "From: " + envelope.from().value(),
                        "To: " + envelope.to().value(),
                        "Message-ID: " + envelope.messageId(),
                        "",
                        "-----BEGIN FAKE-----",
                        "")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static MailContent served(byte[] envelope, byte[] data) {
        ByteArrayOutputStream served = new ByteArrayOutputStream();
        served.writeBytes(envelope);
        served.writeBytes(Base64.getMimeEncoder().encode(data));
        served.writeBytes(CLOSING.getBytes(StandardCharsets.US_ASCII));
        return MailContent.of(served.toByteArray());
    }

    private static SymmetricKey keyOf(Certificate certificate) {
        try {
            return new SymmetricKey(MessageDigest.getInstance("SHA-256").digest(certificate.encoded()));
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("SHA-256 is part of every JDK", broken);
        }
    }
}
