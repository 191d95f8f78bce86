package org.therapost.demo.world;

import com.sun.mail.imap.IMAPFolder;
import com.sun.mail.imap.IMAPMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.mail.Folder;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Store;
import javax.mail.search.BodyTerm;

/** Somebody's mailbox, read over IMAP by Jakarta Mail. */
public final class ImapMailbox implements AutoCloseable {

    private final Store store;

    public ImapMailbox(Store store) {
        this.store = store;
    }

    /**
     * A message as IMAP served it.
     *
     * @param size what IMAP said its size was (RFC822.SIZE)
     */
    public record Served(byte[] octets, int size) {}

    /** All messages of a folder, in their order; reading leaves them unread. */
    public List<Served> messages(String folder) throws MessagingException, IOException {
        List<Served> served = new ArrayList<>();
        try (IMAPFolder open = open(folder)) {
            for (Message message : open.getMessages()) {
                served.add(served((IMAPMessage) message));
            }
        }
        return served;
    }

    /** The newest message of a folder, if it has so many at least. */
    public Optional<Served> number(String folder, int number) throws MessagingException, IOException {
        try (IMAPFolder open = open(folder)) {
            return open.getMessageCount() < number
                    ? Optional.empty()
                    : Optional.of(served((IMAPMessage) open.getMessage(number)));
        }
    }

    /** The newest message of a folder whose subject begins so. */
    public Optional<Served> newest(String folder, String subject) throws MessagingException, IOException {
        try (IMAPFolder open = open(folder)) {
            for (int number = open.getMessageCount(); number > 0; number--) {
                Message message = open.getMessage(number);
                if (String.valueOf(message.getSubject()).startsWith(subject)) {
                    return Optional.of(served((IMAPMessage) message));
                }
            }
            return Optional.empty();
        }
    }

    public int count(String folder) throws MessagingException {
        try (IMAPFolder open = open(folder)) {
            return open.getMessageCount();
        }
    }

    /** How many messages of a folder the server finds by a word in their bodies. */
    public int search(String folder, String word) throws MessagingException {
        try (IMAPFolder open = open(folder)) {
            return open.search(new BodyTerm(word)).length;
        }
    }

    /** Opens a folder for reading. */
    IMAPFolder open(String folder) throws MessagingException {
        IMAPFolder found = (IMAPFolder) store.getFolder(folder);
        found.open(Folder.READ_ONLY);
        return found;
    }

    private static Served served(IMAPMessage message) throws MessagingException, IOException {
        message.setPeek(true);
        try (InputStream whole = message.getMimeStream()) {
            return new Served(whole.readAllBytes(), message.getSize());
        }
    }

    @Override
    public void close() throws MessagingException {
        store.close();
    }
}
