package org.therapost.demo.world;

import com.sun.mail.smtp.SMTPAddressFailedException;
import com.sun.mail.smtp.SMTPSendFailedException;
import com.sun.mail.smtp.SMTPSenderFailedException;
import com.sun.mail.smtp.SMTPTransport;
import java.net.InetSocketAddress;
import java.util.Properties;
import javax.mail.Address;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.SendFailedException;
import javax.mail.Session;
import javax.mail.URLName;
import javax.mail.internet.InternetAddress;

/**
 * A host of the outside world that sends mail over SMTP, from its own loopback address.
 *
 * @param name with which it greets
 * @param address from which it connects; what SPF is about
 */
public record MailHost(String name, String address) {

    /**
     * The other side's last word.
     *
     * @param code such as 250
     */
    public record Reply(int code, String text) {

        public boolean accepted() {
            return code == 250;
        }
    }

    /**
     * Sends a message.
     *
     * @param envelopeSender for {@code MAIL FROM}
     * @throws MessagingException if the conversation broke without a reply
     */
    public Reply send(InetSocketAddress to, String envelopeSender, String recipient, byte[] octets)
            throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.localaddress", address);
        properties.setProperty("mail.smtp.localhost", name);
        properties.setProperty("mail.smtp.from", envelopeSender);
        Session session = Session.getInstance(properties);
        Message message = new javax.mail.internet.MimeMessage(session, new java.io.ByteArrayInputStream(octets));
        return transmit(new SMTPTransport(session, new URLName("smtp:")), transport -> {
            transport.connect(to.getHostString(), to.getPort(), null, null);
            transport.sendMessage(message, new Address[] {new InternetAddress(recipient)});
        });
    }

    /** A conversation with a mail server. */
    public interface Conversation {
        void hold(SMTPTransport transport) throws MessagingException;
    }

    /** Holds a conversation and closes the connection; a refusal is a reply like any other. */
    public static Reply transmit(SMTPTransport transport, Conversation conversation) throws MessagingException {
        try (transport) {
            conversation.hold(transport);
            return new Reply(
                    transport.getLastReturnCode(),
                    transport.getLastServerResponse().strip());
        } catch (SendFailedException failed) {
            return refusal(failed);
        }
    }

    private static Reply refusal(MessagingException failed) throws MessagingException {
        for (Exception cause = failed; cause instanceof MessagingException next; cause = next.getNextException()) {
            String text = String.valueOf(cause.getMessage()).strip();
            if (cause instanceof SMTPAddressFailedException address) {
                return new Reply(address.getReturnCode(), text);
            }
            if (cause instanceof SMTPSenderFailedException sender) {
                return new Reply(sender.getReturnCode(), text);
            }
            if (cause instanceof SMTPSendFailedException whole
                    && !(whole.getNextException() instanceof MessagingException)) {
                return new Reply(whole.getReturnCode(), text);
            }
        }
        throw failed;
    }
}
