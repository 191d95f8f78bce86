package org.therapost.demo.world;

import com.sun.mail.smtp.SMTPTransport;
import java.net.InetSocketAddress;
import java.util.Properties;
import javax.mail.Address;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Store;
import javax.mail.URLName;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import javax.net.ssl.SSLSocketFactory;
import org.therapost.server.process.ListeningAddresses;

/** Dr Bloom's mail program: IMAP over TLS, submission with STARTTLS, and a certificate that it verifies. */
public final class BloomsProgram {

    private static final String HOST = "localhost";

    private final ListeningAddresses server;
    private final SSLSocketFactory trust;
    private final String login;
    private final String password;

    public BloomsProgram(ListeningAddresses server, SSLSocketFactory trust, String login, String password) {
        this.server = server;
        this.trust = trust;
        this.login = login;
        this.password = password;
    }

    /** Logs in. */
    public ImapMailbox mailbox() throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.imaps.ssl.socketFactory", trust);
        properties.put("mail.imaps.ssl.checkserveridentity", "true");
        properties.put("mail.imaps.partialfetch", "false");
        Store store = Session.getInstance(properties).getStore("imaps");
        store.connect(HOST, server.imaps().getPort(), login, password);
        return new ImapMailbox(store);
    }

    /** Whether the server lets anybody log in without TLS. */
    public boolean loginInClear() throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.imap.starttls.enable", "false");
        try (Store store = Session.getInstance(properties).getStore("imap")) {
            store.connect(HOST, server.imap().getPort(), login, password);
            return true;
        } catch (MessagingException refused) {
            return false;
        }
    }

    /** Submits a message with STARTTLS and AUTH. */
    public MailHost.Reply submit(String recipient, MimeMessage mail) throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.smtp.localhost", "blooms-laptop.example");
        properties.put("mail.smtp.from", login);
        properties.put("mail.smtp.auth", "true");
        properties.put("mail.smtp.starttls.enable", "true");
        properties.put("mail.smtp.starttls.required", "true");
        properties.put("mail.smtp.ssl.socketFactory", trust);
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        Session session = Session.getInstance(properties);
        InetSocketAddress submission = server.submission();
        return MailHost.transmit(new SMTPTransport(session, new URLName("smtp:")), transport -> {
            transport.connect(HOST, submission.getPort(), login, password);
            transport.sendMessage(mail, new Address[] {new InternetAddress(recipient)});
        });
    }
}
