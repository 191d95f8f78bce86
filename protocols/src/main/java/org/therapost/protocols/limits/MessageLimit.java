package org.therapost.protocols.limits;

import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * The largest message that is taken.
 *
 * @param octets as RFC 1870 counts them: line ends as two, without dot-stuffing
 */
public record MessageLimit(int octets) {

    /** 36 MiB. */
    public static final MessageLimit DEFAULT = new MessageLimit(36 * 1024 * 1024);

    private static final int LEAST = 64 * 1024;
    private static final int MOST = 100 * 1024 * 1024;

    public static final Setting<Long> MAXIMUM_SIZE =
            Setting.of("inbound.maximum-size", "36 MiB", ValueKind.size(LEAST, MOST), """
                The largest message, as it travels, for SMTP, submission and IMAP APPEND. Files grow by 37 % on the way \
                (Base64), so the default accepts files of 26 MB. A message is in memory only, never in a file.
                """);

    /** The section "Size of messages". */
    public static final SettingsSection<MessageLimit> SECTION = SettingsSection.of(
            MessageLimit.class,
            "Size of messages",
            values -> new MessageLimit(Math.toIntExact(values.get(MAXIMUM_SIZE))),
            MAXIMUM_SIZE);

    public MessageLimit {
        // RFC 5321 section 4.5.3.1.7: at least 64 KiB must be taken.
        if (octets < LEAST) {
            throw new IllegalArgumentException("the limit of message size must be at least " + LEAST + " octets");
        }
    }
}
