package org.therapost.protocols.smtp.handlers;

import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;

/**
 * What we say to the other side.
 *
 * @param code the reply code (RFC 5321 section 4.2)
 * @param status the enhanced status code (RFC 3463)
 * @param text one line that names nobody
 */
public record SmtpReply(int code, String status, String text) {

    /** As the answer to a command. */
    public SMTPResponse response() {
        return new SMTPResponse(String.valueOf(code), status + " " + text);
    }

    /** As the last answer to a command: the connection is closed after it. */
    public SMTPResponse lastResponse() {
        SMTPResponse last = response();
        last.setEndSession(true);
        return last;
    }

    /** As the yes or no of a hook. */
    public HookResult hookResult() {
        return hookResult(
                code < 300 ? HookReturnCode.ok() : code < 500 ? HookReturnCode.denySoft() : HookReturnCode.deny());
    }

    /** As the last no of a hook: the connection is closed after it. */
    public HookResult lastHookResult() {
        return hookResult(new HookReturnCode(HookReturnCode.Action.DENY, HookReturnCode.ConnectionStatus.DISCONNECTED));
    }

    private HookResult hookResult(HookReturnCode action) {
        return HookResult.builder()
                .hookReturnCode(action)
                .smtpReturnCode(String.valueOf(code))
                .smtpDescription(status + " " + text)
                .build();
    }
}
