package org.therapost.domain.sealing;

import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * How much of what readers have opened lately stays in memory.
 *
 * @param octets of messages, for all readers together; 0 keeps none
 */
public record ReadingMemory(long octets) {

    public static final Setting<Long> OCTETS =
            Setting.of("imap.reading-memory", "32 MiB", ValueKind.size(0, 1 << 30), """
                Opened messages that stay in memory while their therapists are logged in, for all therapists together. A \
                second look at a message is then cheaper than the first. 0 keeps none.
                """);

    /** The section "Opened messages". */
    public static final SettingsSection<ReadingMemory> SECTION = SettingsSection.of(
            ReadingMemory.class, "Opened messages", values -> new ReadingMemory(values.get(OCTETS)), OCTETS);
}
