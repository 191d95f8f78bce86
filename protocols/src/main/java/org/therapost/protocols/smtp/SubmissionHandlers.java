package org.therapost.protocols.smtp;

import java.util.List;
import org.apache.james.protocols.lib.handler.HandlersPackage;
import org.apache.james.protocols.smtp.core.HeloCmdHandler;
import org.apache.james.protocols.smtp.core.NoopCmdHandler;
import org.apache.james.protocols.smtp.core.QuitCmdHandler;
import org.apache.james.protocols.smtp.core.RsetCmdHandler;
import org.apache.james.protocols.smtp.core.UnknownCmdHandler;
import org.apache.james.protocols.smtp.core.VrfyCmdHandler;
import org.apache.james.protocols.smtp.core.WelcomeMessageHandler;
import org.apache.james.protocols.smtp.core.esmtp.AuthCmdHandler;
import org.apache.james.protocols.smtp.core.esmtp.EhloCmdHandler;
import org.apache.james.protocols.smtp.core.esmtp.StartTlsCmdHandler;
import org.therapost.protocols.smtp.handlers.BodyParameter;
import org.therapost.protocols.smtp.handlers.EnvelopeMailCommand;
import org.therapost.protocols.smtp.handlers.EnvelopeRcptCommand;
import org.therapost.protocols.smtp.handlers.PasswordAuthHook;
import org.therapost.protocols.smtp.handlers.SizeExtension;
import org.therapost.protocols.smtp.handlers.Utf8Extension;
import org.therapost.protocols.smtp.submission.SubmittingDataCommand;
import org.therapost.protocols.smtp.submission.SubmittingMailHook;
import org.therapost.protocols.smtp.submission.SubmittingRcptHook;

/** The handlers of the submission servers (RFC 6409): AUTH over TLS first. */
public final class SubmissionHandlers implements HandlersPackage {

    public static final List<Class<?>> CLASSES = List.of(
            WelcomeMessageHandler.class,
            SmtpDispatcher.class,
            EhloCmdHandler.class,
            HeloCmdHandler.class,
            StartTlsCmdHandler.class,
            AuthCmdHandler.class,
            PasswordAuthHook.class,
            EnvelopeMailCommand.class,
            SubmittingMailHook.class,
            SizeExtension.class,
            BodyParameter.class,
            Utf8Extension.class,
            EnvelopeRcptCommand.class,
            SubmittingRcptHook.class,
            SubmittingDataCommand.class,
            RsetCmdHandler.class,
            NoopCmdHandler.class,
            VrfyCmdHandler.class,
            QuitCmdHandler.class,
            UnknownCmdHandler.class);

    @Override
    public List<String> getHandlers() {
        return CLASSES.stream().map(Class::getName).toList();
    }
}
