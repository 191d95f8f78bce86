package org.therapost.demo.world;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.InetSocketAddress;
import java.util.Properties;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Store;

/** An outside provider with one client's mailbox: GreenMail, which takes mail by SMTP and gives it by IMAP. */
public final class Provider implements AutoCloseable {

    private static final String INBOX = "INBOX";

    private final GreenMail greenMail;
    private final String client;
    private final String password;

    private Provider(GreenMail greenMail, String client, String password) {
        this.greenMail = greenMail;
        this.client = client;
        this.password = password;
    }

    /**
     * Opens a provider.
     *
     * @param smtp where it takes mail; port 0 for any free one
     * @param client the mailbox, which is also the login name
     */
    static Provider open(InetSocketAddress smtp, String client, String password) {
        String address = smtp.getAddress().getHostAddress();
        GreenMail greenMail = new GreenMail(new ServerSetup[] {
            new ServerSetup(smtp.getPort(), address, ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, address, ServerSetup.PROTOCOL_IMAP)
        });
        greenMail.setUser(client, client, password);
        greenMail.start();
        return new Provider(greenMail, client, password);
    }

    /** Where it takes mail. */
    InetSocketAddress smtp() {
        return new InetSocketAddress(
                greenMail.getSmtp().getBindTo(), greenMail.getSmtp().getPort());
    }

    /** Where its client reads, and how. */
    public String settings() {
        return "IMAP " + greenMail.getImap().getBindTo() + " port "
                + greenMail.getImap().getPort() + ", no TLS, user " + client + ", password " + password;
    }

    /** The client's mailbox as the client's program sees it. */
    public ImapMailbox mailbox() throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.imap.partialfetch", "false");
        Store store = Session.getInstance(properties).getStore("imap");
        store.connect(greenMail.getImap().getBindTo(), greenMail.getImap().getPort(), client, password);
        return new ImapMailbox(store);
    }

    /** The so-manieth mail in the client's mailbox, which may still be on its way. */
    public byte[] mail(int number) throws Exception {
        try (ImapMailbox mailbox = mailbox()) {
            return DemoCheck.soon("mail in the mailbox of " + client, () -> mailbox.number(INBOX, number))
                    .octets();
        }
    }

    /** How many mails are in the client's mailbox. */
    public int count() throws MessagingException {
        try (ImapMailbox mailbox = mailbox()) {
            return mailbox.count(INBOX);
        }
    }

    @Override
    public void close() {
        greenMail.stop();
    }
}
