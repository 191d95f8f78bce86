package org.therapost.storage.store;

import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.THREAD;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.Database;

/** What a program may do to a therapist's folder depends on whose it is and on what other folders are called. */
public final class FolderRules {

    private final Database database;
    private final Folders folders;

    public FolderRules(Database database, ServerKey serverKey) {
        this.database = database;
        this.folders = new Folders(serverKey);
    }

    /** Whether the folder is the record of a client's thread, wherever it is and whatever it is called. */
    public boolean isClients(String username, String name) throws CannotTellException {
        return database.ask(on -> on.fetchExists(on.selectOne()
                .from(MAILBOX)
                .join(THREAD)
                .on(THREAD.MAILBOX_ID.eq(MAILBOX.ID))
                .where(
                        MAILBOX.NAMESPACE.eq(Folders.NAMESPACE),
                        MAILBOX.USERNAME.eq(username),
                        MAILBOX.NAME_MAC.in(folders.macs(name)))));
    }

    /**
     * Whether a folder of this name, or one that would be made above it, would differ from one that there is in capitals or in the form of
     * its characters only.
     *
     * @param except does not count, nor what is below it: it is about to get the name
     */
    public boolean isLikeAnother(String username, String name, char delimiter, Optional<String> except)
            throws CannotTellException {
        List<String> all = names(username);
        Set<String> made = new HashSet<>();
        for (int end = name.length(); end > 0; end = name.lastIndexOf(delimiter, end - 1)) {
            if (!all.contains(name.substring(0, end))) {
                made.add(folded(name.substring(0, end)));
            }
        }
        return all.stream()
                .filter(other ->
                        except.isEmpty() || !(other.equals(except.get()) || other.startsWith(except.get() + delimiter)))
                .anyMatch(other -> made.contains(folded(other)));
    }

    private List<String> names(String username) throws CannotTellException {
        return database
                .ask(on -> on.select(MAILBOX.NAME_SEALED)
                        .from(MAILBOX)
                        .where(MAILBOX.NAMESPACE.eq(Folders.NAMESPACE), MAILBOX.USERNAME.eq(username))
                        .fetch(MAILBOX.NAME_SEALED))
                .stream()
                .map(folders::open)
                .toList();
    }

    /** Alike whatever the capitals, full-width forms and ligatures. */
    public static String folded(String name) {
        String compatible = Normalizer.normalize(name, Normalizer.Form.NFKC);
        String lower = compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(lower, Normalizer.Form.NFKC);
    }
}
