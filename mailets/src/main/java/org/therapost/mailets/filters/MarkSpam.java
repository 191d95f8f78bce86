package org.therapost.mailets.filters;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.jspecify.annotations.Nullable;

/**
 * Has SpamAssassin's spamd say how much a mail looks like spam (the command CHECK of its protocol), and adds
 * the field {@code X-Spam-Status} and, for spam, {@code X-Spam-Flag: YES}. It refuses nothing.
 *
 * <p>Setting {@code <spamd>}: the address of spamd, such as {@code 127.0.0.1:783}.
 */
public final class MarkSpam extends GenericMailet {

    private static final Pattern ANSWER = Pattern.compile(
            "SPAMD/[0-9.]+ (?:0 )?EX_OK\r?\n(?:[^\r\n]+\r?\n)*?"
                    + "Spam: (True|Yes|False|No) ; (-?[0-9]{1,6}(?:\\.[0-9]+)?) / (-?[0-9]{1,6}(?:\\.[0-9]+)?)[ \r\n].*",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private @Nullable Scanner spamd;

    @Override
    public void init() throws MessagingException {
        spamd = Scanner.of("spamd", getInitParameter("spamd", ""));
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        Scanner scanner = spamd;
        if (scanner == null) {
            throw new MessagingException("not started");
        }
        byte[] octets = Scanner.octets(mail.getMessage());
        String command = "CHECK SPAMC/1.5\r\nContent-length: " + octets.length + "\r\n\r\n";
        Matcher answer = ANSWER.matcher(new String(
                scanner.ask(List.of(ByteBuffer.wrap(command.getBytes(US_ASCII)), ByteBuffer.wrap(octets))), US_ASCII));
        if (!answer.matches()) {
            throw new MessagingException("spamd did not say what the mail is");
        }
        boolean spam = answer.group(1).matches("(?i)true|yes");
        mail.getMessage()
                .addHeader(
                        "X-Spam-Status",
                        (spam ? "Yes" : "No") + ", score=" + answer.group(2) + " required=" + answer.group(3));
        if (spam) {
            mail.getMessage().addHeader("X-Spam-Flag", "YES");
        }
    }

    @Override
    public String getMailetInfo() {
        return "Has SpamAssassin mark spam";
    }
}
