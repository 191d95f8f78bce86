package org.therapost.storage;

import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.SUBSCRIPTION;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SpoolKey;

/** A therapist's folders: their names, which are sealed because they can be clients' names, and their making. */
public final class Folders {

    /** The namespace of a user's own folders, as James calls it. */
    public static final String NAMESPACE = "#private";

    /** What stands between the levels of a folder name. */
    public static final char DELIMITER = '/';

    static final String INBOX = "INBOX";
    static final String ENQUIRIES = "Enquiries";
    static final String CLIENTS = "Clients";

    private static final List<String> OF_EVERY_THERAPIST =
            List.of(INBOX, CLIENTS, ENQUIRIES, "Drafts", "Sent", "Trash");
    static final String NAME = "mailbox.name";
    private static final String SUBSCRIBED = "subscription.name";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SpoolKey spoolKey;

    public Folders(SpoolKey spoolKey) {
        this.spoolKey = spoolKey;
    }

    /** The pseudonym under which a folder is stored, of the name in its composed form. */
    public byte[] mac(String name) {
        return pseudonym(Normalizer.normalize(name, Normalizer.Form.NFC));
    }

    /** The pseudonyms under which a folder is found: that of the composed form, and of the decomposed one, which is not stored any more. */
    public List<byte[]> macs(String name) {
        String decomposed = Normalizer.normalize(name, Normalizer.Form.NFD);
        return Normalizer.isNormalized(decomposed, Normalizer.Form.NFC)
                ? List.of(mac(name))
                : List.of(mac(name), pseudonym(decomposed));
    }

    private byte[] pseudonym(String name) {
        return spoolKey.pseudonym(INBOX.equalsIgnoreCase(name) ? INBOX : name, NAME);
    }

    /** A folder name as it is stored. */
    public byte[] seal(String name) {
        return spoolKey.seal(name, NAME);
    }

    /** A stored folder name. */
    public String open(byte[] sealed) {
        try {
            return spoolKey.openText(sealed, NAME);
        } catch (SealedException wrong) {
            throw new IllegalStateException(
                    "a folder name does not open: is this the server key of this database?", wrong);
        }
    }

    /** The name of a client's folder. */
    static String ofClient(String clientName) {
        return CLIENTS + DELIMITER + clientName;
    }

    /** Makes the folders that every therapist has. */
    void makeAll(DSLContext tx, EmailAddress therapist) {
        OF_EVERY_THERAPIST.forEach(name -> make(tx, therapist, name));
    }

    /** Makes a folder, subscribed; if one of that name is there, that one. */
    UUID make(DSLContext tx, EmailAddress therapist, String called) {
        // As a program's names are read (RFC 5198 section 2), so that it finds it, its subscription too.
        String name = Normalizer.normalize(called, Normalizer.Form.NFC);
        String username = therapist.canonical();
        byte[] mac = mac(name);
        tx.insertInto(MAILBOX)
                .columns(
                        MAILBOX.ID,
                        MAILBOX.NAMESPACE,
                        MAILBOX.USERNAME,
                        MAILBOX.NAME_SEALED,
                        MAILBOX.NAME_MAC,
                        MAILBOX.UID_VALIDITY)
                .values(UUID.randomUUID(), NAMESPACE, username, seal(name), mac, uidValidity())
                .onConflictDoNothing()
                .execute();
        tx.insertInto(SUBSCRIPTION)
                .columns(SUBSCRIPTION.USERNAME, SUBSCRIPTION.NAME_MAC, SUBSCRIPTION.NAME_SEALED)
                .values(username, spoolKey.pseudonym(name, SUBSCRIBED), spoolKey.seal(name, SUBSCRIBED))
                .onConflictDoNothing()
                .execute();
        return tx.select(MAILBOX.ID)
                .from(MAILBOX)
                .where(MAILBOX.NAMESPACE.eq(NAMESPACE), MAILBOX.USERNAME.eq(username), MAILBOX.NAME_MAC.eq(mac))
                .fetchSingle(MAILBOX.ID);
    }

    boolean exists(DSLContext tx, EmailAddress therapist, String name) {
        return tx.fetchExists(
                MAILBOX,
                MAILBOX.NAMESPACE.eq(NAMESPACE),
                MAILBOX.USERNAME.eq(therapist.canonical()),
                MAILBOX.NAME_MAC.in(macs(name)));
    }

    // RFC 9051 section 2.3.1.1: 32 bits, not zero; a folder made again must not repeat it.
    private static long uidValidity() {
        return RANDOM.nextLong(1, 1L << 32);
    }
}
