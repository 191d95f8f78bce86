package org.therapost.server.administration.routes;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaLimitValue;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.CurrentQuotas;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.quota.CurrentQuotaManager;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.quota.UserQuotaRootResolver;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.enrolment.EnrolledPeople;
import org.therapost.domain.enrolment.EnrolmentException;
import reactor.core.publisher.Mono;

/** How much a therapist's folders may show before mail programs may add no more. */
public final class QuotaRoutes implements Routes {

    private static final String NONE = "none";
    private static final String DEFAULT = "default";

    private final EnrolledPeople enrolledPeople;
    private final UserQuotaRootResolver roots;
    private final MaxQuotaManager limits;
    private final CurrentQuotaManager used;

    public QuotaRoutes(
            EnrolledPeople enrolledPeople,
            UserQuotaRootResolver roots,
            MaxQuotaManager limits,
            CurrentQuotaManager used) {
        this.enrolledPeople = enrolledPeople;
        this.roots = roots;
        this.limits = limits;
        this.used = used;
    }

    @Override
    public Map<String, Route> routes() {
        return Map.of("GET /therapists/*/quota", this::show, "PUT /therapists/*/quota", this::set);
    }

    private Object show(Request request) throws EnrolmentException, CannotTellException {
        return describe(request.name(), root(request.name()));
    }

    private Object set(Request request) throws EnrolmentException, CannotTellException {
        QuotaRoot root = root(request.name());
        try {
            if (request.optional("messages").isPresent()) {
                messages(root, request.text("messages"));
            }
            if (request.optional("octets").isPresent()) {
                octets(root, request.text("octets"));
            }
        } catch (MailboxException away) {
            throw new CannotTellException("the limit was not stored", away);
        }
        return describe(request.name(), root);
    }

    private void messages(QuotaRoot root, String limit) throws EnrolmentException, MailboxException {
        switch (limit) {
            case DEFAULT -> limits.removeMaxMessage(root);
            case NONE -> limits.setMaxMessage(root, QuotaCountLimit.unlimited());
            default -> limits.setMaxMessage(root, QuotaCountLimit.count(number(limit)));
        }
    }

    private void octets(QuotaRoot root, String limit) throws EnrolmentException, MailboxException {
        switch (limit) {
            case DEFAULT -> limits.removeMaxStorage(root);
            case NONE -> limits.setMaxStorage(root, QuotaSizeLimit.unlimited());
            default -> limits.setMaxStorage(root, QuotaSizeLimit.size(number(limit)));
        }
    }

    private static long number(String text) throws EnrolmentException {
        if (!text.matches("[0-9]{1,18}")) {
            throw new EnrolmentException("a limit is a number, none or default");
        }
        return Long.parseLong(text);
    }

    private Map<String, Object> describe(String therapist, QuotaRoot root) throws CannotTellException {
        CurrentQuotas now = Mono.from(used.getCurrentQuotas(root)).block();
        try {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("therapist", therapist);
            answer.put("messages", now == null ? 0 : now.count().asLong());
            answer.put("mostMessages", text(limits.getMaxMessage(root).orElse(QuotaCountLimit.unlimited())));
            answer.put("octets", now == null ? 0 : now.size().asLong());
            answer.put("mostOctets", text(limits.getMaxStorage(root).orElse(QuotaSizeLimit.unlimited())));
            return answer;
        } catch (MailboxException away) {
            throw new CannotTellException("the limits were not read", away);
        }
    }

    private static String text(QuotaLimitValue<?> limit) {
        return limit.isLimited() ? Long.toString(limit.asLong()) : NONE;
    }

    private QuotaRoot root(String therapist) throws EnrolmentException, CannotTellException {
        EmailAddress address =
                EmailAddress.parse(therapist).orElseThrow(why -> new EnrolmentException("no such therapist"));
        if (enrolledPeople.therapists().stream().noneMatch(one -> one.address().sameMailbox(address))) {
            throw new EnrolmentException("no such therapist");
        }
        return roots.forUser(Username.of(address.canonical()));
    }
}
