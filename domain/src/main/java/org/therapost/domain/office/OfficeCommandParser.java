package org.therapost.domain.office;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.therapost.domain.addresses.EmailAddress;

/**
 * Reads the commands to the office that are not about agreed times; those are
 * {@link org.therapost.domain.sessions.mail.SessionCommandParser}'s. Only the last one is about a client.
 *
 * <pre>
 * help
 * addresses
 * forget address
 * accept new server
 * </pre>
 */
final class OfficeCommandParser {

    private static final Pattern HELP = Pattern.compile("(session )?(help|\\?)");
    private static final Pattern LIST = Pattern.compile("(list )?addresses");
    private static final Pattern FORGET = Pattern.compile("forget (?:address )?<?(?:mailto:)?([^<>\\s]+@[^<>\\s]+?)>?");

    private static final Pattern ACCEPT =
            Pattern.compile("accept (the )?new (mail )?servers?", Pattern.CASE_INSENSITIVE);

    private OfficeCommandParser() {}

    /** Whether words, without the client's name, accept the client's new mail server. */
    static boolean acceptsServer(String words) {
        return ACCEPT.matcher(words).matches();
    }

    /** Reads words of which spaces were made single. */
    static Optional<OfficeCommand> read(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        if (HELP.matcher(lower).matches()) {
            return Optional.of(new OfficeCommand.Help());
        }
        if (LIST.matcher(lower).matches()) {
            return Optional.of(new OfficeCommand.ListAddresses());
        }
        Matcher forget = FORGET.matcher(lower);
        if (forget.matches()) {
            return EmailAddress.parse(forget.group(1)).toOptional().map(OfficeCommand.ForgetAddress::new);
        }
        return Optional.empty();
    }
}
