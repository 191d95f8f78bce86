package org.therapost.openpgp.packets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.bcpg.AEADAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.operator.PGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;

/**
 * Authenticated encryption of RFC 9580 (integrity-protected data of version 2 with OCB, which every implementation must
 * have), for recipients with a certificate of version 6, which RFC 9580 made.
 */
public final class SeipdV2Encryption {

    /** Binary logarithm of the octets in a chunk. */
    private static final int CHUNK = 16;

    private static final int BUFFER = 1 << 16;

    private SeipdV2Encryption() {}

    public static byte[] encrypt(byte[] content, EncryptionKey recipient, ContentSignature signature) {
        PGPDataEncryptorBuilder cipher = new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                .setWithAEAD(AEADAlgorithmTags.OCB, CHUNK)
                .setUseV6AEAD();
        PGPEncryptedDataGenerator generator = new PGPEncryptedDataGenerator(cipher);
        generator.addMethod(recipient.method());
        ByteArrayOutputStream message = new ByteArrayOutputStream(content.length + BUFFER);
        try (OutputStream encrypted = generator.open(message, new byte[BUFFER])) {
            encrypted.write(signature.before());
            try (OutputStream literal = new PGPLiteralDataGenerator()
                    .open(encrypted, PGPLiteralData.BINARY, "", content.length, Date.from(Instant.EPOCH))) {
                literal.write(content);
            }
            encrypted.write(signature.after());
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        } catch (PGPException unusable) {
            throw new IllegalStateException("the certificate was checked when it came on file", unusable);
        }
        return message.toByteArray();
    }
}
