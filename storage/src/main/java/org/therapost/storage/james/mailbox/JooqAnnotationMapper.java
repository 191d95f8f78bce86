package org.therapost.storage.james.mailbox;

import static org.therapost.storage.generated.Tables.MAILBOX_ANNOTATION;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxAnnotationKey;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.store.mail.AnnotationMapper;
import org.jooq.Condition;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.generated.tables.records.MailboxAnnotationRecord;
import org.therapost.storage.james.rows.UuidMailboxId;
import org.therapost.storage.postgres.Database;

/** Annotations of folders (RFC 5464), their values sealed. A folder has a handful: depth is decided in memory. */
public final class JooqAnnotationMapper implements AnnotationMapper {

    private final Database database;
    private final ServerKey key;

    public JooqAnnotationMapper(Database database, ServerKey key) {
        this.database = database;
        this.key = key;
    }

    @Override
    public List<MailboxAnnotation> getAllAnnotations(MailboxId mailboxId) {
        return database.sql().selectFrom(MAILBOX_ANNOTATION).where(of(mailboxId)).stream()
                .map(this::open)
                .toList();
    }

    @Override
    public List<MailboxAnnotation> getAnnotationsByKeys(MailboxId mailboxId, Set<MailboxAnnotationKey> keys) {
        return matching(mailboxId, keys, MailboxAnnotationKey::equals);
    }

    @Override
    public List<MailboxAnnotation> getAnnotationsByKeysWithOneDepth(
            MailboxId mailboxId, Set<MailboxAnnotationKey> keys) {
        return matching(mailboxId, keys, MailboxAnnotationKey::isParentOrIsEqual);
    }

    @Override
    public List<MailboxAnnotation> getAnnotationsByKeysWithAllDepth(
            MailboxId mailboxId, Set<MailboxAnnotationKey> keys) {
        return matching(mailboxId, keys, MailboxAnnotationKey::isAncestorOrIsEqual);
    }

    @Override
    public void deleteAnnotation(MailboxId mailboxId, MailboxAnnotationKey annotation) {
        database.sql()
                .deleteFrom(MAILBOX_ANNOTATION)
                .where(of(mailboxId, annotation))
                .execute();
    }

    @Override
    public void insertAnnotation(MailboxId mailboxId, MailboxAnnotation annotation) {
        Optional<String> value = annotation.getValue();
        if (value.isEmpty()) {
            throw new IllegalArgumentException("an annotation without a value is deleted, not inserted");
        }
        byte[] sealed = SealedColumns.ANNOTATION.seal(
                key,
                value.get(),
                UuidMailboxId.of(mailboxId),
                annotation.getKey().asString());
        database.sql()
                .insertInto(MAILBOX_ANNOTATION)
                .set(MAILBOX_ANNOTATION.MAILBOX_ID, UuidMailboxId.of(mailboxId))
                .set(MAILBOX_ANNOTATION.KEY, annotation.getKey().asString())
                .set(MAILBOX_ANNOTATION.VALUE_SEALED, sealed)
                .onConflict(MAILBOX_ANNOTATION.MAILBOX_ID, MAILBOX_ANNOTATION.KEY)
                .doUpdate()
                .set(MAILBOX_ANNOTATION.VALUE_SEALED, sealed)
                .execute();
    }

    @Override
    public boolean exist(MailboxId mailboxId, MailboxAnnotation annotation) {
        return database.sql().fetchExists(MAILBOX_ANNOTATION, of(mailboxId, annotation.getKey()));
    }

    @Override
    public int countAnnotations(MailboxId mailboxId) {
        return database.sql().fetchCount(MAILBOX_ANNOTATION, of(mailboxId));
    }

    private List<MailboxAnnotation> matching(
            MailboxId mailboxId,
            Set<MailboxAnnotationKey> keys,
            BiPredicate<MailboxAnnotationKey, MailboxAnnotationKey> matches) {
        return getAllAnnotations(mailboxId).stream()
                .filter(annotation -> keys.stream().anyMatch(asked -> matches.test(asked, annotation.getKey())))
                .toList();
    }

    private MailboxAnnotation open(MailboxAnnotationRecord row) {
        try {
            return MailboxAnnotation.newInstance(
                    new MailboxAnnotationKey(row.getKey()),
                    SealedColumns.ANNOTATION.openText(key, row.getValueSealed(), row.getMailboxId(), row.getKey()));
        } catch (SealedException other) {
            throw new IllegalStateException("an annotation was not sealed with this server key", other);
        }
    }

    private static Condition of(MailboxId mailboxId) {
        return MAILBOX_ANNOTATION.MAILBOX_ID.eq(UuidMailboxId.of(mailboxId));
    }

    private static Condition of(MailboxId mailboxId, MailboxAnnotationKey annotation) {
        return of(mailboxId).and(MAILBOX_ANNOTATION.KEY.eq(annotation.asString()));
    }
}
