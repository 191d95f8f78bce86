package org.therapost.storage.james.repository;

import static org.therapost.storage.generated.Tables.MAIL_REPOSITORY_ITEM;

import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;
import javax.mail.MessagingException;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.mailet.Mail;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.sealing.SealedException;
import org.therapost.storage.generated.tables.records.MailRepositoryItemRecord;
import org.therapost.storage.james.mail.MailSealer;
import org.therapost.storage.james.mail.SealedMail;

/** One repository. A mail stored again under its name replaces the older one. */
public final class PostgresMailRepository implements MailRepository {

    private final DSLContext sql;
    private final MailSealer sealer;
    private final String path;

    PostgresMailRepository(DSLContext sql, MailSealer sealer, MailRepositoryUrl url) {
        this.sql = sql;
        this.sealer = sealer;
        this.path = url.asString();
    }

    @Override
    public long size() throws MessagingException {
        return answered(() -> sql.fetchCount(MAIL_REPOSITORY_ITEM, here()));
    }

    @Override
    public MailKey store(Mail mail) throws MessagingException {
        MailKey key = MailKey.forMail(mail);
        SealedMail sealed = sealer.seal(mail, path, key.asString());
        answered(() -> sql.insertInto(MAIL_REPOSITORY_ITEM)
                .set(MAIL_REPOSITORY_ITEM.PATH, path)
                .set(MAIL_REPOSITORY_ITEM.KEY, key.asString())
                .set(MAIL_REPOSITORY_ITEM.SIZE, sealed.size())
                .set(MAIL_REPOSITORY_ITEM.ENVELOPE_SEALED, sealed.envelope())
                .set(MAIL_REPOSITORY_ITEM.CONTENT_SEALED, sealed.content())
                .onConflict(MAIL_REPOSITORY_ITEM.PATH, MAIL_REPOSITORY_ITEM.KEY)
                .doUpdate()
                .set(MAIL_REPOSITORY_ITEM.STORED_AT, DSL.field("clock_timestamp()", java.time.Instant.class))
                .set(MAIL_REPOSITORY_ITEM.SIZE, sealed.size())
                .set(MAIL_REPOSITORY_ITEM.ENVELOPE_SEALED, sealed.envelope())
                .set(MAIL_REPOSITORY_ITEM.CONTENT_SEALED, sealed.content())
                .execute());
        return key;
    }

    @Override
    public Iterator<MailKey> list() throws MessagingException {
        return answered(() -> sql.select(MAIL_REPOSITORY_ITEM.KEY)
                        .from(MAIL_REPOSITORY_ITEM)
                        .where(here())
                        .orderBy(MAIL_REPOSITORY_ITEM.STORED_AT, MAIL_REPOSITORY_ITEM.KEY)
                        .fetch(row -> new MailKey(row.value1())))
                .iterator();
    }

    @Override
    public @Nullable Mail retrieve(MailKey key) throws MessagingException {
        Optional<MailRepositoryItemRecord> row = answered(
                () -> sql.selectFrom(MAIL_REPOSITORY_ITEM).where(here(key)).fetchOptional());
        if (row.isEmpty()) {
            return null;
        }
        try {
            return sealer.open(
                    key.asString(), row.get().getEnvelopeSealed(), row.get().getContentSealed(), path, key.asString());
        } catch (SealedException damaged) {
            throw new MessagingException("mail " + key.asString() + " does not open with this server key", damaged);
        }
    }

    @Override
    public void remove(MailKey key) throws MessagingException {
        answered(() -> sql.deleteFrom(MAIL_REPOSITORY_ITEM).where(here(key)).execute());
    }

    @Override
    public void remove(Collection<MailKey> keys) throws MessagingException {
        answered(() -> sql.deleteFrom(MAIL_REPOSITORY_ITEM)
                .where(here())
                .and(MAIL_REPOSITORY_ITEM.KEY.in(
                        keys.stream().map(MailKey::asString).toList()))
                .execute());
    }

    @Override
    public void removeAll() throws MessagingException {
        answered(() -> sql.deleteFrom(MAIL_REPOSITORY_ITEM).where(here()).execute());
    }

    private Condition here() {
        return MAIL_REPOSITORY_ITEM.PATH.eq(path);
    }

    private Condition here(MailKey key) {
        return here().and(MAIL_REPOSITORY_ITEM.KEY.eq(key.asString()));
    }

    private static <T> T answered(Supplier<T> question) throws MessagingException {
        try {
            return question.get();
        } catch (DataAccessException away) {
            throw new MessagingException("the database did not answer (" + away.sqlState() + ")", away);
        }
    }
}
