package org.therapost.protocols.smtp.handlers;

import java.util.List;
import javax.inject.Inject;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;
import org.therapost.domain.answers.Refusal;
import org.therapost.protocols.limits.MessageLimit;

/** Announces the size limit and holds peers to it at MAIL (RFC 1870). */
public final class SizeExtension implements EhloExtension, MailParametersHook {

    private static final AttachmentKey<Integer> ANNOUNCED = AttachmentKey.of("therapost.size", Integer.class);
    private static final SmtpReply SYNTAX = new SmtpReply(501, "5.5.4", "SIZE is a number of octets");

    private final MessageLimit limit;

    @Inject
    public SizeExtension(MessageLimit limit) {
        this.limit = limit;
    }

    /** The size that was announced for the current transaction, or 0. */
    static int announced(SMTPSession session) {
        return session.getAttachment(ANNOUNCED, State.Transaction).orElse(0);
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return List.of("SIZE " + limit.octets());
    }

    @Override
    public String[] getMailParamNames() {
        return new String[] {"SIZE"};
    }

    @Override
    public HookResult doMailParameter(SMTPSession session, String name, String value) {
        // RFC 1870 section 6.1: one to twenty digits.
        if (!value.matches("[0-9]{1,20}")) {
            return SYNTAX.hookResult();
        }
        if (value.length() > 10 || Long.parseLong(value) > limit.octets()) {
            return SmtpReplies.of(Refusal.TOO_LARGE).hookResult();
        }
        session.setAttachment(ANNOUNCED, (int) Long.parseLong(value), State.Transaction);
        return HookResult.DECLINED;
    }
}
