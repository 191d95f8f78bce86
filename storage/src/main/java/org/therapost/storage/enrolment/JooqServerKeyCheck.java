package org.therapost.storage.enrolment;

import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.PRACTICE;
import static org.therapost.storage.generated.Tables.SPOOL_KEY_CHECK;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.jooq.DSLContext;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.postgres.Database;

/**
 * The check value by which a database knows its server key: without it, a second server with a key of its own would seal new
 * names and addresses so that the first cannot open them, and would make second threads for the same clients.
 */
public final class JooqServerKeyCheck {

    private static final int SHOWN = 4;

    private final Database database;

    public JooqServerKeyCheck(Database database) {
        this.database = database;
    }

    /**
     * What was found.
     *
     * @param same whether the key is the database's own, from now on too
     * @param database the first digits of the database's check value; empty if it has none yet
     * @param offered the first digits of the check value of the key that was offered
     */
    public record Finding(boolean same, String database, String offered) {}

    /** Whether the database already belongs to some server key. */
    public boolean taken() throws CannotTellException {
        return database.ask(on -> stored(on).isPresent() || on.fetchExists(PRACTICE) || on.fetchExists(MAILBOX));
    }

    /**
     * Compares a key with the database's check value. A database without one, from an earlier version or new, takes the key's
     * if the key opens what is sealed there already, or if nothing is.
     */
    public Finding check(ServerKey key) throws CannotTellException {
        byte[] offered = key.pseudonym("check value", SealingPurpose.SERVER_KEY_CHECK);
        Optional<byte[]> known = database.transact(on -> {
            if (stored(on).isEmpty() && opens(on, key)) {
                // Of two servers that start at once on an empty database, one writes the row and the other reads it.
                on.insertInto(SPOOL_KEY_CHECK)
                        .columns(SPOOL_KEY_CHECK.MAC)
                        .values(offered)
                        .onConflictDoNothing()
                        .execute();
            }
            return stored(on);
        });
        return new Finding(
                known.isPresent() && MessageDigest.isEqual(known.get(), offered),
                known.map(JooqServerKeyCheck::shown).orElse(""),
                shown(offered));
    }

    private static Optional<byte[]> stored(DSLContext on) {
        return on.select(SPOOL_KEY_CHECK.MAC).from(SPOOL_KEY_CHECK).fetchOptional(SPOOL_KEY_CHECK.MAC);
    }

    /** The oldest row decides: if a second key was ever at work here, it sealed later ones. */
    private static boolean opens(DSLContext on, ServerKey key) {
        Optional<Boolean> signing = on.select(PRACTICE.ID, PRACTICE.DKIM_PRIVATE_SEALED)
                .from(PRACTICE)
                .orderBy(PRACTICE.CREATED_AT, PRACTICE.ID)
                .limit(1)
                .fetchOptional(row -> SealedColumns.DKIM_KEY.isOfKey(key, row.value2(), row.value1()));
        return signing.orElseGet(() -> on.select(MAILBOX.ID, MAILBOX.NAME_SEALED)
                .from(MAILBOX)
                .orderBy(MAILBOX.UID_VALIDITY, MAILBOX.ID)
                .limit(1)
                .fetchOptional(row -> SealedColumns.FOLDER_NAME.isOfKey(key, row.value2(), row.value1()))
                .orElse(true));
    }

    private static String shown(byte[] mac) {
        return HexFormat.of().formatHex(mac, 0, SHOWN);
    }
}
