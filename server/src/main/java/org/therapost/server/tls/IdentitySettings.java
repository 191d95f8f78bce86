package org.therapost.server.tls;

import java.nio.file.Path;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingValues;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;
import org.therapost.domain.settings.WrongValueException;

/**
 * As whom the server identifies itself.
 *
 * @param hostname with which the server greets, and for which its self-made certificate is
 * @param certificate PEM file with the certificate chain; empty for a self-made certificate
 * @param key PEM file with the private key, PKCS #8 without passphrase; there if the certificate is
 */
public record IdentitySettings(String hostname, Optional<Path> certificate, Optional<Path> key) {

    public static final Setting<String> HOSTNAME = Setting.of(
            "hostname",
            "localhost",
            ValueKind.of("a host name such as mail.practice.example", IdentitySettings::hostName),
            """
            The server's own name. It greets other mail servers with it, MX records point to it, and the self-made \
            certificate is for it.
            """);

    public static final Setting<Optional<Path>> TLS_CERTIFICATE =
            Setting.of("tls.certificate", "", ValueKind.readableFile().orNothing(), """
                PEM files: the certificate chain, and its private key (PKCS #8, no passphrase). Both or none. Empty: a \
                self-made certificate in the data folder (tls/), which mail programs will ask about once.
                """);

    public static final Setting<Optional<Path>> TLS_KEY =
            Setting.of("tls.key", "", ValueKind.readableFile().orNothing());

    /** The section "Name and certificate". */
    public static final SettingsSection<IdentitySettings> SECTION = SettingsSection.of(
            IdentitySettings.class, "Name and certificate", IdentitySettings::read, HOSTNAME, TLS_CERTIFICATE, TLS_KEY);

    /** A name, with a self-made certificate for it. */
    public static IdentitySettings selfMade(String hostname) {
        return new IdentitySettings(hostname, Optional.empty(), Optional.empty());
    }

    private static IdentitySettings read(SettingValues values) throws WrongValueException {
        IdentitySettings settings =
                new IdentitySettings(values.get(HOSTNAME), values.get(TLS_CERTIFICATE), values.get(TLS_KEY));
        if (settings.certificate.isPresent() != settings.key.isPresent()) {
            throw new WrongValueException("tls.certificate and tls.key belong together: only one of them is set");
        }
        return settings;
    }

    private static String hostName(String text) {
        return text.equals("localhost") ? text : EmailAddress.domainName(text);
    }
}
