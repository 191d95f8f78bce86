package org.therapost.storage.store;

import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.SUBSCRIPTION;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumns;

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
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ServerKey serverKey;

    public Folders(ServerKey serverKey) {
        this.serverKey = serverKey;
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
        return serverKey.pseudonym(name, SealingPurpose.FOLDER_NAME);
    }

    /** A folder's stored name. */
    public String open(UUID folder, byte[] sealed) {
        return SealedColumns.FOLDER_NAME.readText(serverKey, sealed, folder);
    }

    /** The name of a client's folder. */
    public static String ofClient(String clientName) {
        return CLIENTS + DELIMITER + clientName;
    }

    /** Makes the folders that every therapist has. */
    public void makeAll(DSLContext tx, EmailAddress therapist) {
        OF_EVERY_THERAPIST.forEach(name -> make(tx, therapist, name));
    }

    /** Makes a folder, subscribed; if one of that name is there, that one. */
    public UUID make(DSLContext tx, EmailAddress therapist, String called) {
        // As a program's names are read (RFC 5198 section 2), so that it finds it, its subscription too.
        String name = Normalizer.normalize(called, Normalizer.Form.NFC);
        String username = therapist.canonical();
        insert(tx, NAMESPACE, username, name, uidValidity());
        subscribe(tx, username, name);
        return tx.select(MAILBOX.ID)
                .from(MAILBOX)
                .where(MAILBOX.NAMESPACE.eq(NAMESPACE), MAILBOX.USERNAME.eq(username), MAILBOX.NAME_MAC.eq(mac(name)))
                .fetchSingle(MAILBOX.ID);
    }

    /** Inserts a folder; empty if one of that name is there. */
    public Optional<UUID> insert(DSLContext tx, String namespace, String username, String name, long uidValidity) {
        UUID folder = UUID.randomUUID();
        return tx.insertInto(MAILBOX)
                .set(MAILBOX.ID, folder)
                .set(MAILBOX.UID_VALIDITY, uidValidity)
                .set(named(folder, namespace, username, name))
                .onConflict(MAILBOX.NAMESPACE, MAILBOX.USERNAME, MAILBOX.NAME_MAC)
                .doNothing()
                .returningResult(MAILBOX.ID)
                .fetchOptional(MAILBOX.ID);
    }

    /**
     * Gives a folder another name, or another owner.
     *
     * @return whether it is there
     */
    public boolean rename(DSLContext tx, UUID folder, String namespace, String username, String name) {
        return tx.update(MAILBOX)
                        .set(named(folder, namespace, username, name))
                        .where(MAILBOX.ID.eq(folder))
                        .execute()
                > 0;
    }

    private Map<Field<?>, Object> named(UUID folder, String namespace, String username, String name) {
        return Map.of(
                MAILBOX.NAMESPACE,
                namespace,
                MAILBOX.USERNAME,
                username,
                MAILBOX.NAME_SEALED,
                SealedColumns.FOLDER_NAME.seal(serverKey, name, folder),
                MAILBOX.NAME_MAC,
                mac(name));
    }

    /** Subscribes a folder of that name (RFC 3501 section 6.3.6), whether it exists or not. */
    public void subscribe(DSLContext tx, String username, String name) {
        byte[] mac = subscriptionMac(name);
        tx.insertInto(SUBSCRIPTION)
                .set(SUBSCRIPTION.USERNAME, username)
                .set(SUBSCRIPTION.NAME_MAC, mac)
                .set(SUBSCRIPTION.NAME_SEALED, SealedColumns.SUBSCRIBED_NAME.seal(serverKey, name, username, mac))
                .onConflictDoNothing()
                .execute();
    }

    /** The pseudonym under which a subscription is found by name. */
    public byte[] subscriptionMac(String name) {
        return serverKey.pseudonym(name, SealingPurpose.FOLDER_SUBSCRIPTION);
    }

    public boolean exists(DSLContext tx, EmailAddress therapist, String name) {
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
