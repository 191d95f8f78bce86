package org.therapost.protocols.limits;

import java.util.Optional;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * How much mail on its way in may be in memory at the same time.
 *
 * @param inFlight octets with their copies; empty to fit the heap
 */
public record MemorySettings(Optional<Long> inFlight) {

    public static final Setting<Optional<Long>> IN_FLIGHT = Setting.of(
            "memory.in-flight", "", ValueKind.size(64 * 1024, Long.MAX_VALUE).orNothing(), """
            How much of large messages may be in memory at the same time while they come in (SMTP and APPEND; only what \
            is beyond 64 KiB of a message counts). Each octet counts 4 times, for the copies that sealing makes. A \
            message that finds no room is deferred (452 4.3.1, NO [LIMIT]); small mail, logins and reading go on. \
            Empty: half of the heap. With less than 4 times inbound.maximum-size the largest message never finds room.
            """);

    /** The section "Memory". */
    public static final SettingsSection<MemorySettings> SECTION = SettingsSection.of(
            MemorySettings.class, "Memory", values -> new MemorySettings(values.get(IN_FLIGHT)), IN_FLIGHT);
}
