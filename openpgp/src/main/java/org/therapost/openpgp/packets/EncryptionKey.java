package org.therapost.openpgp.packets;

import org.bouncycastle.openpgp.operator.PublicKeyKeyEncryptionMethodGenerator;

/**
 * The subkey to which a reader's messages are encrypted.
 *
 * @param method encrypts session keys to it; used by many threads
 * @param version of the key (RFC 9580 section 5.5.2)
 */
public record EncryptionKey(long keyId, PublicKeyKeyEncryptionMethodGenerator method, int version) {}
