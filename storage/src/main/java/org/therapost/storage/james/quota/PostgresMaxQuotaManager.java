package org.therapost.storage.james.quota;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.apache.james.core.Domain;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaLimitValue;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.mailbox.model.Quota.Scope;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.therapost.storage.james.quota.QuotaRows.Resource;
import org.therapost.storage.james.quota.QuotaRows.Whom;
import org.therapost.storage.postgres.Database;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Limits for one quota root, for a domain, for all; the narrowest that is set holds. Where none is set for all, that of the
 * configuration stands.
 */
public final class PostgresMaxQuotaManager implements MaxQuotaManager {

    private static final long UNLIMITED = -1;

    private final QuotaRows rows;
    private final Defaults defaults;

    public PostgresMaxQuotaManager(Database database, Defaults defaults) {
        this.rows = new QuotaRows(database);
        this.defaults = defaults;
    }

    /** The limits for all where the database holds none. */
    public record Defaults(Optional<QuotaCountLimit> messages, Optional<QuotaSizeLimit> octets) {

        public static final Defaults NONE = new Defaults(Optional.empty(), Optional.empty());
    }

    @Override
    public Map<Scope, QuotaCountLimit> listMaxMessagesDetails(QuotaRoot quotaRoot) {
        return details(quotaRoot, Resource.MESSAGES, PostgresMaxQuotaManager::count, defaults.messages());
    }

    @Override
    public Map<Scope, QuotaSizeLimit> listMaxStorageDetails(QuotaRoot quotaRoot) {
        return details(quotaRoot, Resource.OCTETS, PostgresMaxQuotaManager::size, defaults.octets());
    }

    private <L> Map<Scope, L> details(QuotaRoot root, Resource resource, LongFunction<L> limit, Optional<L> byDefault) {
        Map<Scope, L> limits = new EnumMap<>(Scope.class);
        byDefault.ifPresent(all -> limits.put(Scope.Global, all));
        rows.all(root, resource).forEach((scope, most) -> limits.put(scope, limit.apply(most)));
        return limits;
    }

    private void set(Whom whom, Resource resource, QuotaLimitValue<?> limit) {
        rows.set(whom, resource, limit.isLimited() ? limit.asLong() : UNLIMITED);
    }

    private static QuotaCountLimit count(long most) {
        return most == UNLIMITED ? QuotaCountLimit.unlimited() : QuotaCountLimit.count(most);
    }

    private static QuotaSizeLimit size(long most) {
        return most == UNLIMITED ? QuotaSizeLimit.unlimited() : QuotaSizeLimit.size(most);
    }

    private static Mono<Void> changing(Runnable change) {
        return Mono.<Void>fromRunnable(change).subscribeOn(Schedulers.boundedElastic());
    }

    private static <L> Mono<L> asking(java.util.function.Supplier<Optional<L>> question) {
        return Mono.fromSupplier(question).flatMap(Mono::justOrEmpty).subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public void setMaxMessage(QuotaRoot quotaRoot, QuotaCountLimit limit) {
        set(Whom.of(quotaRoot), Resource.MESSAGES, limit);
    }

    @Override
    public Mono<Void> setMaxMessageReactive(QuotaRoot quotaRoot, QuotaCountLimit limit) {
        return changing(() -> setMaxMessage(quotaRoot, limit));
    }

    @Override
    public void removeMaxMessage(QuotaRoot quotaRoot) {
        rows.remove(Whom.of(quotaRoot), Resource.MESSAGES);
    }

    @Override
    public Mono<Void> removeMaxMessageReactive(QuotaRoot quotaRoot) {
        return changing(() -> removeMaxMessage(quotaRoot));
    }

    @Override
    public Optional<QuotaCountLimit> getGlobalMaxMessage() {
        return rows.find(Whom.ALL, Resource.MESSAGES)
                .map(PostgresMaxQuotaManager::count)
                .or(defaults::messages);
    }

    @Override
    public Mono<QuotaCountLimit> getGlobalMaxMessageReactive() {
        return asking(this::getGlobalMaxMessage);
    }

    @Override
    public void setGlobalMaxMessage(QuotaCountLimit limit) {
        set(Whom.ALL, Resource.MESSAGES, limit);
    }

    @Override
    public Mono<Void> setGlobalMaxMessageReactive(QuotaCountLimit limit) {
        return changing(() -> setGlobalMaxMessage(limit));
    }

    @Override
    public void removeGlobalMaxMessage() {
        rows.remove(Whom.ALL, Resource.MESSAGES);
    }

    @Override
    public Mono<Void> removeGlobalMaxMessageReactive() {
        return changing(this::removeGlobalMaxMessage);
    }

    @Override
    public Optional<QuotaCountLimit> getDomainMaxMessage(Domain domain) {
        return rows.find(Whom.of(domain), Resource.MESSAGES).map(PostgresMaxQuotaManager::count);
    }

    @Override
    public Mono<QuotaCountLimit> getDomainMaxMessageReactive(Domain domain) {
        return asking(() -> getDomainMaxMessage(domain));
    }

    @Override
    public void setDomainMaxMessage(Domain domain, QuotaCountLimit limit) {
        set(Whom.of(domain), Resource.MESSAGES, limit);
    }

    @Override
    public Mono<Void> setDomainMaxMessageReactive(Domain domain, QuotaCountLimit limit) {
        return changing(() -> setDomainMaxMessage(domain, limit));
    }

    @Override
    public void removeDomainMaxMessage(Domain domain) {
        rows.remove(Whom.of(domain), Resource.MESSAGES);
    }

    @Override
    public Mono<Void> removeDomainMaxMessageReactive(Domain domain) {
        return changing(() -> removeDomainMaxMessage(domain));
    }

    @Override
    public void setMaxStorage(QuotaRoot quotaRoot, QuotaSizeLimit limit) {
        set(Whom.of(quotaRoot), Resource.OCTETS, limit);
    }

    @Override
    public Mono<Void> setMaxStorageReactive(QuotaRoot quotaRoot, QuotaSizeLimit limit) {
        return changing(() -> setMaxStorage(quotaRoot, limit));
    }

    @Override
    public void removeMaxStorage(QuotaRoot quotaRoot) {
        rows.remove(Whom.of(quotaRoot), Resource.OCTETS);
    }

    @Override
    public Mono<Void> removeMaxStorageReactive(QuotaRoot quotaRoot) {
        return changing(() -> removeMaxStorage(quotaRoot));
    }

    @Override
    public Optional<QuotaSizeLimit> getGlobalMaxStorage() {
        return rows.find(Whom.ALL, Resource.OCTETS)
                .map(PostgresMaxQuotaManager::size)
                .or(defaults::octets);
    }

    @Override
    public Mono<QuotaSizeLimit> getGlobalMaxStorageReactive() {
        return asking(this::getGlobalMaxStorage);
    }

    @Override
    public void setGlobalMaxStorage(QuotaSizeLimit limit) {
        set(Whom.ALL, Resource.OCTETS, limit);
    }

    @Override
    public Mono<Void> setGlobalMaxStorageReactive(QuotaSizeLimit limit) {
        return changing(() -> setGlobalMaxStorage(limit));
    }

    @Override
    public void removeGlobalMaxStorage() {
        rows.remove(Whom.ALL, Resource.OCTETS);
    }

    @Override
    public Mono<Void> removeGlobalMaxStorageReactive() {
        return changing(this::removeGlobalMaxStorage);
    }

    @Override
    public Optional<QuotaSizeLimit> getDomainMaxStorage(Domain domain) {
        return rows.find(Whom.of(domain), Resource.OCTETS).map(PostgresMaxQuotaManager::size);
    }

    @Override
    public Mono<QuotaSizeLimit> getDomainMaxStorageReactive(Domain domain) {
        return asking(() -> getDomainMaxStorage(domain));
    }

    @Override
    public void setDomainMaxStorage(Domain domain, QuotaSizeLimit limit) {
        set(Whom.of(domain), Resource.OCTETS, limit);
    }

    @Override
    public Mono<Void> setDomainMaxStorageReactive(Domain domain, QuotaSizeLimit limit) {
        return changing(() -> setDomainMaxStorage(domain, limit));
    }

    @Override
    public void removeDomainMaxStorage(Domain domain) {
        rows.remove(Whom.of(domain), Resource.OCTETS);
    }

    @Override
    public Mono<Void> removeDomainMaxStorageReactive(Domain domain) {
        return changing(() -> removeDomainMaxStorage(domain));
    }
}
