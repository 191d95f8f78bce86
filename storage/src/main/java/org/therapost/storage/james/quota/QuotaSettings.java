package org.therapost.storage.james.quota;

import java.util.Optional;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * How much all folders of one therapist may contain before mail programs may add no more; empty for any amount.
 *
 * @param messages how many
 * @param octets of all of them together
 */
public record QuotaSettings(Optional<Long> messages, Optional<Long> octets) {

    public static final Setting<Optional<Integer>> MESSAGES = Setting.of(
            "mailbox.quota.messages", "", ValueKind.number(0, Integer.MAX_VALUE).orNothing(), """
            How much all folders of one therapist may contain, in messages and in size, before mail programs may add no \
            more (APPEND, COPY). Empty: any amount. `therapost therapist quota` sets it for one therapist. Clients' \
            mail and answers are filed whatever the limit is.
            """);

    public static final Setting<Optional<Long>> SIZE = Setting.of(
            "mailbox.quota.size", "", ValueKind.size(0, Long.MAX_VALUE).orNothing());

    /** The section "Folders". */
    public static final SettingsSection<QuotaSettings> SECTION = SettingsSection.of(
            QuotaSettings.class,
            "Folders",
            values -> new QuotaSettings(values.get(MESSAGES).map(Integer::longValue), values.get(SIZE)),
            MESSAGES,
            SIZE);
}
