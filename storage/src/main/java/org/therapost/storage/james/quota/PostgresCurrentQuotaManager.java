package org.therapost.storage.james.quota;

import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.QUOTA_CORRECTION;

import org.apache.james.core.quota.QuotaCountUsage;
import org.apache.james.core.quota.QuotaSizeUsage;
import org.apache.james.mailbox.model.CurrentQuotas;
import org.apache.james.mailbox.model.QuotaOperation;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.quota.CurrentQuotaManager;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.therapost.storage.postgres.Database;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What the folders of a quota root show now: as many messages and octets as IMAP would list, each folder for itself. What
 * James's interface lets others add or take is a correction beside the count; the server itself corrects nothing.
 */
public final class PostgresCurrentQuotaManager implements CurrentQuotaManager {

    private final Database database;

    public PostgresCurrentQuotaManager(Database database) {
        this.database = database;
    }

    @Override
    public Mono<QuotaCountUsage> getCurrentMessageCount(QuotaRoot quotaRoot) {
        return getCurrentQuotas(quotaRoot).map(CurrentQuotas::count);
    }

    @Override
    public Mono<QuotaSizeUsage> getCurrentStorage(QuotaRoot quotaRoot) {
        return getCurrentQuotas(quotaRoot).map(CurrentQuotas::size);
    }

    @Override
    public Mono<CurrentQuotas> getCurrentQuotas(QuotaRoot quotaRoot) {
        return Mono.fromCallable(() -> {
                    Used used = shown(database.sql(), quotaRoot).plus(correction(database.sql(), quotaRoot));
                    return new CurrentQuotas(
                            QuotaCountUsage.count(used.messages()), QuotaSizeUsage.size(used.octets()));
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Mono<Void> increase(QuotaOperation operation) {
        return correct(operation.quotaRoot(), Used.of(operation));
    }

    @Override
    public Mono<Void> decrease(QuotaOperation operation) {
        return correct(operation.quotaRoot(), Used.of(operation).negated());
    }

    @Override
    public Mono<Void> setCurrentQuotas(QuotaOperation operation) {
        return changing(on -> {
            Used wanted = Used.of(operation);
            Used correction = wanted.plus(shown(on, operation.quotaRoot()).negated());
            on.insertInto(QUOTA_CORRECTION)
                    .set(QUOTA_CORRECTION.ROOT, operation.quotaRoot().getValue())
                    .set(QUOTA_CORRECTION.MESSAGES, correction.messages())
                    .set(QUOTA_CORRECTION.OCTETS, correction.octets())
                    .onConflict(QUOTA_CORRECTION.ROOT)
                    .doUpdate()
                    .set(QUOTA_CORRECTION.MESSAGES, correction.messages())
                    .set(QUOTA_CORRECTION.OCTETS, correction.octets())
                    .execute();
        });
    }

    private record Used(long messages, long octets) {

        static final Used NOTHING = new Used(0, 0);

        static Used of(QuotaOperation operation) {
            return new Used(operation.count().asLong(), operation.size().asLong());
        }

        Used plus(Used other) {
            return new Used(messages + other.messages, octets + other.octets);
        }

        Used negated() {
            return new Used(-messages, -octets);
        }
    }

    private Mono<Void> correct(QuotaRoot root, Used by) {
        return changing(on -> on.insertInto(QUOTA_CORRECTION)
                .set(QUOTA_CORRECTION.ROOT, root.getValue())
                .set(QUOTA_CORRECTION.MESSAGES, by.messages())
                .set(QUOTA_CORRECTION.OCTETS, by.octets())
                .onConflict(QUOTA_CORRECTION.ROOT)
                .doUpdate()
                .set(QUOTA_CORRECTION.MESSAGES, QUOTA_CORRECTION.MESSAGES.plus(by.messages()))
                .set(QUOTA_CORRECTION.OCTETS, QUOTA_CORRECTION.OCTETS.plus(by.octets()))
                .execute());
    }

    private Mono<Void> changing(java.util.function.Consumer<DSLContext> change) {
        return Mono.<Void>fromRunnable(() -> change.accept(database.sql())).subscribeOn(Schedulers.boundedElastic());
    }

    private static Used shown(DSLContext on, QuotaRoot root) {
        // As James's resolver builds it: namespace, '&', user.
        String[] parts = root.getValue().split("&", 2);
        if (parts.length < 2) {
            return Used.NOTHING;
        }
        return on.select(DSL.count(), DSL.coalesce(DSL.sum(MESSAGE.SIZE), DSL.inline(java.math.BigDecimal.ZERO)))
                .from(MAILBOX)
                .join(MAILBOX_MESSAGE)
                .on(MAILBOX_MESSAGE.MAILBOX_ID.eq(MAILBOX.ID))
                .join(MESSAGE)
                .on(MESSAGE.ID.eq(MAILBOX_MESSAGE.MESSAGE_ID))
                .where(MAILBOX.NAMESPACE.eq(parts[0]), MAILBOX.USERNAME.eq(parts[1]))
                .fetchSingle(row -> new Used(row.value1(), row.value2().longValueExact()));
    }

    private static Used correction(DSLContext on, QuotaRoot root) {
        return on.select(QUOTA_CORRECTION.MESSAGES, QUOTA_CORRECTION.OCTETS)
                .from(QUOTA_CORRECTION)
                .where(QUOTA_CORRECTION.ROOT.eq(root.getValue()))
                .fetchOptional(row -> new Used(row.value1(), row.value2()))
                .orElse(Used.NOTHING);
    }
}
