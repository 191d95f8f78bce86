package org.therapost.mailets.smtp;

/**
 * The largest message that is taken.
 *
 * @param octets as RFC 1870 counts them: line ends as two, without dot-stuffing
 */
public record MessageLimit(int octets) {

    /** 36 MiB. */
    public static final MessageLimit DEFAULT = new MessageLimit(36 * 1024 * 1024);

    private static final int LEAST = 64 * 1024;

    public MessageLimit {
        // RFC 5321 section 4.5.3.1.7: at least 64 KiB must be taken.
        if (octets < LEAST) {
            throw new IllegalArgumentException("the limit of message size must be at least " + LEAST + " octets");
        }
    }
}
