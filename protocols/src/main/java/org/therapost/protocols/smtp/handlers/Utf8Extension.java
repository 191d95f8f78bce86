package org.therapost.protocols.smtp.handlers;

import java.util.List;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;

/** Announces SMTPUTF8 (RFC 6531): addresses and header fields may be UTF-8. */
public final class Utf8Extension implements EhloExtension, MailParametersHook {

    private static final String NAME = "SMTPUTF8";
    private static final AttachmentKey<Boolean> IN_FORCE = AttachmentKey.of("therapost.smtputf8", Boolean.class);
    private static final SmtpReply SYNTAX = new SmtpReply(501, "5.5.4", "SMTPUTF8 takes no value");

    /** Whether the client asked for it in the current transaction. */
    static boolean isInForce(SMTPSession session) {
        return session.getAttachment(IN_FORCE, State.Transaction).orElse(false);
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return List.of(NAME);
    }

    // James looks up a parameter without a value as it is spelled.
    @Override
    public String[] getMailParamNames() {
        return new String[] {NAME, "smtputf8"};
    }

    @Override
    public HookResult doMailParameter(SMTPSession session, String name, String value) {
        if (!value.isEmpty()) {
            return SYNTAX.hookResult();
        }
        session.setAttachment(IN_FORCE, true, State.Transaction);
        return HookResult.DECLINED;
    }
}
