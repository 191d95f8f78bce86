package org.therapost.storage.store;

import static org.therapost.storage.generated.Tables.THERAPIST;

import java.util.List;
import org.jooq.DSLContext;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.Database;

/**
 * Makes the folders that every therapist has for those who were enrolled by an earlier release. A migration in SQL cannot: names are sealed
 * with a key that the database does not have.
 */
public final class MissingFolders {

    private final Database database;
    private final Folders folders;

    public MissingFolders(Database database, ServerKey key) {
        this.database = database;
        this.folders = new Folders(key);
    }

    /** Makes what is missing; a server beside this one may do the same at the same time. */
    public void make() {
        List<String> therapists = database.sql()
                .select(THERAPIST.ADDRESS)
                .from(THERAPIST)
                .orderBy(THERAPIST.ADDRESS)
                .fetch(THERAPIST.ADDRESS);
        for (String address : therapists) {
            EmailAddress therapist = EmailAddress.of(address);
            database.sql().transaction(transaction -> {
                DSLContext tx = transaction.dsl();
                if (!folders.exists(tx, therapist, Folders.CLIENTS)) {
                    folders.make(tx, therapist, Folders.CLIENTS);
                }
            });
        }
    }
}
