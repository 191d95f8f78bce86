package org.therapost.domain.office;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * The server itself as a correspondent: each practice has one office address. Every note to a therapist comes from it, and
 * commands go to it, by authenticated submission only; mail from outside finds no such mailbox.
 *
 * @param localPart of its address, in lower case
 */
public record Office(String localPart) {

    /** Where nobody configures another name. */
    public static final String DEFAULT = "office";

    // RFC 5321 section 4.5.1, RFC 2142 section 4, and what other servers call themselves.
    private static final Set<String> ROLES = Set.of("postmaster", "abuse", "mailer-daemon");
    private static final Pattern DOT_ATOM = Pattern.compile("[a-z0-9]+([-._][a-z0-9]+)*");

    public static final Setting<Office> NAME = Setting.of(
            "office.name",
            DEFAULT,
            ValueKind.of(
                    "a name such as office: up to 40 letters and digits, and none of postmaster, abuse, mailer-daemon",
                    Office::new),
            """
            Local part of the office's address in each practice's domain. The office is the server itself as a \
            correspondent of therapists: notes come from it, and commands go to it. Nobody can be enrolled under this \
            address; where somebody has it already, the server does not start.
            """);

    /** The section "Office". */
    public static final SettingsSection<Office> SECTION =
            SettingsSection.of(Office.class, "Office", values -> values.get(NAME), NAME);

    public Office {
        localPart = localPart.toLowerCase(Locale.ROOT);
        if (!DOT_ATOM.matcher(localPart).matches() || localPart.length() > 40 || ROLES.contains(localPart)) {
            throw new IllegalArgumentException("the name of the office is up to 40 letters and digits, and none of "
                    + List.copyOf(ROLES).stream().sorted().toList());
        }
    }

    /** Its address in a practice. */
    public EmailAddress address(String domain) {
        return EmailAddress.of(localPart + "@" + domain);
    }

    /** Whether an address is the office of its domain. */
    public boolean is(EmailAddress address) {
        return address.localPart().equalsIgnoreCase(localPart);
    }

    /** All addresses of a domain that no therapist, client's thread or anything else may have. */
    public List<EmailAddress> reserved(String domain) {
        return Stream.concat(Stream.of(localPart), ROLES.stream().sorted())
                .map(local -> EmailAddress.of(local + "@" + domain))
                .toList();
    }

    /** Whether no therapist, client's thread or anything else may have an address: it is the office's or a role's. */
    public boolean reserves(EmailAddress address) {
        return is(address) || ROLES.contains(address.localPart().toLowerCase(Locale.ROOT));
    }
}
