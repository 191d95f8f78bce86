package org.therapost.mailets.authentication;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * How senders are proved.
 *
 * @param trustedNetworks peers whose word for the sender is taken without DNS
 * @param publicSuffixList the operator's own list
 */
public record SenderSettings(TrustedNetworks trustedNetworks, Optional<Path> publicSuffixList) {

    public static final Setting<Optional<Path>> PUBLIC_SUFFIX_LIST = Setting.of(
                    "senders.public-suffix-list", "", ValueKind.readableFile().orNothing(), """
                    The public suffix list (https://publicsuffix.org/list/public_suffix_list.dat, MPL 2.0). It says \
                    under which names everybody can have a domain: hf.space and co.uk belong to no single owner. \
                    Empty: public_suffix_list.dat beside this file. The newest of three counts: this one, Debian's \
                    (package publicsuffix), and the built-in one. `therapost status` tells its date, and health warns \
                    when it is older than a year. A new one is read at the next start.
                    """)
            .orBeside(PublicSuffixes.FILE);

    public static final Setting<TrustedNetworks> TRUSTED_NETWORKS = Setting.of(
            "inbound.trusted-networks",
            "",
            ValueKind.of("a network", text -> text)
                    .list("networks such as 192.0.2.0/24, ::1")
                    .as(TrustedNetworks::of),
            """
            Networks whose mail is accepted without SPF, DKIM and DMARC, such as that of a filter in front of Therapost \
            which has checked them: 192.0.2.0/24, ::1. Whoever can connect from there can write as any client. Leave it \
            empty if in doubt.
            """);

    /** The section "Proof of senders". */
    public static final SettingsSection<SenderSettings> SECTION = SettingsSection.of(
            SenderSettings.class,
            "Proof of senders",
            values -> new SenderSettings(values.get(TRUSTED_NETWORKS), values.get(PUBLIC_SUFFIX_LIST)),
            PUBLIC_SUFFIX_LIST,
            TRUSTED_NETWORKS);

    /** Files that may be a public suffix list; the newest that is there counts. */
    public List<Path> publicSuffixLists() {
        return Stream.concat(publicSuffixList.stream(), Stream.of(PublicSuffixes.DEBIAN))
                .toList();
    }
}
