package org.therapost.protocols.smtp;

import java.net.InetAddress;
import org.therapost.domain.settings.Listener;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;

/**
 * Where therapists submit their answers.
 *
 * @param startTls begins in clear, STARTTLS before AUTH (RFC 6409)
 * @param implicitTls TLS from the first octet (RFC 8314)
 */
public record SubmissionSettings(Listener startTls, Listener implicitTls) {

    public static final Setting<InetAddress> ADDRESS =
            Setting.of("submission.address", "127.0.0.1", Listener.ADDRESS, """
                Therapists' mail programs send here (RFC 6409), STARTTLS before AUTH. Production: port 587.
                """);

    public static final Setting<Integer> PORT = Setting.of("submission.port", "2587", Listener.PORT);

    public static final Setting<InetAddress> TLS_ADDRESS =
            Setting.of("submissions.address", "127.0.0.1", Listener.ADDRESS, """
                The same over implicit TLS (RFC 8314). Production: port 465.
                """);

    public static final Setting<Integer> TLS_PORT = Setting.of("submissions.port", "2465", Listener.PORT);

    /** The section "Therapists' answers (submission)". */
    public static final SettingsSection<SubmissionSettings> SECTION = SettingsSection.of(
            SubmissionSettings.class,
            "Therapists' answers (submission)",
            values -> new SubmissionSettings(
                    new Listener(values.get(ADDRESS), values.get(PORT)),
                    new Listener(values.get(TLS_ADDRESS), values.get(TLS_PORT))),
            ADDRESS,
            PORT,
            TLS_ADDRESS,
            TLS_PORT);
}
