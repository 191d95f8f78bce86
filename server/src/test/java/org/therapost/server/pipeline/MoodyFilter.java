package org.therapost.server.pipeline;

import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.mail.MessagingException;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;

/** A filter that does what the subject of the mail says. */
public final class MoodyFilter extends GenericMailet {

    private static final AttributeName MARK = AttributeName.of("moody.mark");

    @Override
    public void service(Mail mail) throws MessagingException {
        String mood = mail.getMessage().getSubject();
        switch (mood) {
            case "throws" -> throw new IllegalStateException(mail.getMessage().getSubject());
            case "fails" -> throw new MessagingException("the scanner is down");
            case "overflows" -> throw new StackOverflowError();
            case "hangs" -> sleep();
            case "drops" -> mail.setState(Mail.GHOST);
            case "routes" -> mail.setState(Mail.ERROR);
            case "nobody" -> mail.setRecipients(List.of());
            case "forgets" -> mail.removeAllAttributes();
            case "rewrites" -> mail.getMessage().setSubject("[rewritten]");
            case "empties" -> {
                mail.getMessage().setText("gone");
                mail.getMessage().saveChanges();
            }
            case "injects" -> mail.getMessage().addHeader("X-Injected", "a\r\nBcc: mallory@evil.example");
            case "claims" -> mail.getMessage().addHeader("Authentication-Results", "practice.example; dkim=pass");
            case "adds" -> mail.getMessage().addHeader("X-Mood", "good");
            case "marks" -> mail.setAttribute(new Attribute(MARK, AttributeValue.of("yes")));
            default -> {
                // In a good mood it does nothing.
            }
        }
    }

    private static void sleep() {
        try {
            TimeUnit.MINUTES.sleep(2);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
