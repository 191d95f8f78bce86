package org.therapost.storage.james.quota;

import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaCountUsage;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.core.quota.QuotaSizeUsage;
import org.apache.james.mailbox.model.CurrentQuotas;
import org.apache.james.mailbox.model.Quota;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.quota.CurrentQuotaManager;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.quota.MaxQuotaManager.QuotaDetails;
import org.apache.james.mailbox.quota.QuotaManager;
import reactor.core.publisher.Mono;

/** Like James's own, but that nothing is counted for whom nothing limits: what is used is zero of unlimited then. */
public final class OnDemandQuotaManager implements QuotaManager {

    private final CurrentQuotaManager used;
    private final MaxQuotaManager limits;

    public OnDemandQuotaManager(CurrentQuotaManager used, MaxQuotaManager limits) {
        this.used = used;
        this.limits = limits;
    }

    @Override
    public Quota<QuotaCountLimit, QuotaCountUsage> getMessageQuota(QuotaRoot quotaRoot) {
        return getQuotas(quotaRoot).getMessageQuota();
    }

    @Override
    public Quota<QuotaSizeLimit, QuotaSizeUsage> getStorageQuota(QuotaRoot quotaRoot) {
        return getQuotas(quotaRoot).getStorageQuota();
    }

    @Override
    public Quotas getQuotas(QuotaRoot quotaRoot) {
        Quotas quotas = getQuotasReactive(quotaRoot).block();
        if (quotas == null) {
            throw new IllegalStateException("a quota is never empty");
        }
        return quotas;
    }

    @Override
    public Mono<Quotas> getQuotasReactive(QuotaRoot quotaRoot) {
        return Mono.from(limits.quotaDetailsReactive(quotaRoot)).flatMap(details -> {
            QuotaCountLimit messages =
                    limits.getMaxMessage(details.getMaxMessageDetails()).orElse(QuotaCountLimit.unlimited());
            QuotaSizeLimit octets =
                    limits.getMaxStorage(details.getMaxStorageDetails()).orElse(QuotaSizeLimit.unlimited());
            Mono<CurrentQuotas> current = messages.isUnlimited() && octets.isUnlimited()
                    ? Mono.just(CurrentQuotas.emptyQuotas())
                    : Mono.from(used.getCurrentQuotas(quotaRoot)).map(CurrentQuotas::sanitize);
            return current.map(now -> quotas(now, messages, octets, details));
        });
    }

    private static Quotas quotas(
            CurrentQuotas now, QuotaCountLimit messages, QuotaSizeLimit octets, QuotaDetails details) {
        return new Quotas(
                Quota.<QuotaCountLimit, QuotaCountUsage>builder()
                        .used(now.count())
                        .computedLimit(messages)
                        .limitsByScope(details.getMaxMessageDetails())
                        .build(),
                Quota.<QuotaSizeLimit, QuotaSizeUsage>builder()
                        .used(now.size())
                        .computedLimit(octets)
                        .limitsByScope(details.getMaxStorageDetails())
                        .build());
    }
}
