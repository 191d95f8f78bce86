package org.therapost.server.outsiders;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.mail.Folder;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Store;

/** A therapist reads over IMAPS. */
final class MailProgram {

    private final int port;
    private final String login;

    MailProgram(int port, String login) {
        this.port = port;
        this.login = login;
    }

    /** All messages of a folder, octet for octet, in the order of the folder. */
    List<byte[]> messages(String folder) throws MessagingException, IOException {
        Properties properties = new Properties();
        properties.put("mail.imaps.ssl.trust", "*");
        properties.put("mail.imaps.partialfetch", "false");
        Store store = Session.getInstance(properties).getStore("imaps");
        store.connect("127.0.0.1", port, login, Practice.PASSWORD);
        try (store) {
            List<byte[]> all = new ArrayList<>();
            Folder open = store.getFolder(folder);
            open.open(Folder.READ_ONLY);
            for (Message message : open.getMessages()) {
                ByteArrayOutputStream octets = new ByteArrayOutputStream();
                message.writeTo(octets);
                all.add(octets.toByteArray());
            }
            return all;
        }
    }
}
