package org.therapost.server.health;

import java.time.Duration;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * When the server says that it is not ready.
 *
 * @param diskMinimum octets that must be free on the disk of the data folder
 * @param queueLimit parcels that may be in the queues
 * @param queueStuckAfter how long a parcel that could be taken may wait for somebody to take it
 */
public record HealthSettings(long diskMinimum, int queueLimit, Duration queueStuckAfter) {

    public static final Setting<Long> DISK_MINIMUM =
            Setting.of("health.disk-minimum", "256 MiB", ValueKind.size(0, Long.MAX_VALUE), """
                When the server says that it is not ready (GET /health/ready of the administration, `therapost status`). \
                Less than this is free on the disk of the data folder:
                """);

    public static final Setting<Integer> QUEUE_LIMIT =
            Setting.of("health.queue-limit", "10000", ValueKind.number(1, Integer.MAX_VALUE), """
                More parcels than these are on their way or wait:
                """);

    public static final Setting<Duration> QUEUE_STUCK_AFTER = Setting.of(
            "health.queue-stuck-after", "10 min", ValueKind.time(Duration.ofMinutes(1), Duration.ofDays(1)), """
            No attempt has taken a parcel that is due for so long:
            """);

    /** The section "Health". */
    public static final SettingsSection<HealthSettings> SECTION = SettingsSection.of(
            HealthSettings.class,
            "Health",
            values -> new HealthSettings(
                    values.get(DISK_MINIMUM), values.get(QUEUE_LIMIT), values.get(QUEUE_STUCK_AFTER)),
            DISK_MINIMUM,
            QUEUE_LIMIT,
            QUEUE_STUCK_AFTER);
}
