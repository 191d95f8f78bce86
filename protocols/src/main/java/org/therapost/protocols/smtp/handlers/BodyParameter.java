package org.therapost.protocols.smtp.handlers;

import java.util.Locale;
import java.util.Set;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;

/** What a message may be made of (RFC 6152); {@code BINARYMIME} (RFC 3030) is not offered, so it is not taken either. */
public final class BodyParameter implements MailParametersHook {

    private static final Set<String> KNOWN = Set.of("7BIT", "8BITMIME");
    private static final SmtpReply UNKNOWN = new SmtpReply(501, "5.5.4", "BODY is 7BIT or 8BITMIME");

    @Override
    public String[] getMailParamNames() {
        return new String[] {"BODY"};
    }

    @Override
    public HookResult doMailParameter(SMTPSession session, String name, String value) {
        return KNOWN.contains(value.toUpperCase(Locale.ROOT)) ? HookResult.DECLINED : UNKNOWN.hookResult();
    }
}
