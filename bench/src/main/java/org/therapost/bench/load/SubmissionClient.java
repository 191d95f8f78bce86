package org.therapost.bench.load;

import java.util.Properties;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Transport;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;

/** The therapist's mail program, logged in to the submission server. */
public final class SubmissionClient implements AutoCloseable {

    private final Session session;
    private final Transport transport;
    private final String sender;

    private SubmissionClient(Session session, Transport transport, String sender) {
        this.session = session;
        this.transport = transport;
        this.sender = sender;
    }

    public static SubmissionClient connect(int port, String login, String password) throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.smtps.ssl.trust", "127.0.0.1"); // self-made, on this machine
        properties.put("mail.smtps.ssl.checkserveridentity", "false");
        properties.put("mail.smtps.auth", "true");
        Session session = Session.getInstance(properties);
        Transport transport = session.getTransport("smtps");
        transport.connect("127.0.0.1", port, login, password);
        return new SubmissionClient(session, transport, login);
    }

    /** Returns when the server has answered 250. */
    public void send(String recipient, String words) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(sender));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
        message.setSubject(words);
        message.setText(words + "\r\n");
        message.saveChanges();
        transport.sendMessage(message, message.getAllRecipients());
    }

    @Override
    public void close() throws MessagingException {
        transport.close();
    }
}
