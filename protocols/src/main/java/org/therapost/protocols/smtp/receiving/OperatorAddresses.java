package org.therapost.protocols.smtp.receiving;

import java.util.Locale;
import java.util.Set;
import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.enrolment.EnrolmentRegister;

/** The addresses of those who run the server: {@code postmaster} and {@code abuse} of each practice (RFC 2142 section 4). */
public final class OperatorAddresses {

    // What James makes of RCPT TO:<postmaster> without a domain (RFC 5321 section 4.5.1).
    private static final String NO_DOMAIN = "localhost";

    private static final Set<String> ROLES = Set.of("postmaster", "abuse");

    private final EnrolmentRegister enrolmentRegister;

    @Inject
    public OperatorAddresses(EnrolmentRegister enrolmentRegister) {
        this.enrolmentRegister = enrolmentRegister;
    }

    /** Whether a recipient is one of them. */
    boolean contains(MailAddress recipient) throws CannotTellException {
        String role = recipient.getLocalPart().toLowerCase(Locale.ROOT);
        String domain = recipient.getDomain().asString().toLowerCase(Locale.ROOT);
        return ROLES.contains(role)
                && ((role.equals("postmaster") && domain.equals(NO_DOMAIN))
                        || enrolmentRegister.practice(domain).isPresent());
    }
}
