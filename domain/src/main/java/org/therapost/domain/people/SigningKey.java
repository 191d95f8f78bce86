package org.therapost.domain.people;

/**
 * A practice's DKIM key (RFC 6376): it signs what goes out and opens nothing.
 *
 * @param domain the signing domain ({@code d=})
 * @param selector the selector ({@code s=})
 * @param privateKey RSA of 2,048 bits, PKCS #8
 * @param publicKey the same key's public half, X.509 SubjectPublicKeyInfo
 */
public record SigningKey(String domain, String selector, byte[] privateKey, byte[] publicKey) {

    /** The name of the DNS TXT record to publish. */
    public String recordName() {
        return selector + "._domainkey." + domain;
    }

    /** The text of the DNS TXT record to publish. */
    public String recordText() {
        return "v=DKIM1; k=rsa; p=" + java.util.Base64.getEncoder().encodeToString(publicKey);
    }

    @Override
    public String toString() {
        return "SigningKey[" + recordName() + "]";
    }
}
