package org.therapost.server.administration.routes;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.therapost.domain.access.WaysIn;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.UnreachableClients;
import org.therapost.domain.office.OperatorMail;
import org.therapost.server.health.HealthWatch;

/** How the server is: for machines that ask without a token, for operators, for Prometheus. */
public final class StatusRoutes implements Routes {

    private final HealthWatch health;
    private final PrometheusMeterRegistry meters;
    private final LocalDate suffixListDate;
    private final UnreachableClients unreachable;
    private final WaysIn waysIn;
    private final OperatorMail operatorMail;
    private final RecordRoutes record;
    private final Clock clock;

    /** @param suffixListDate the day from which the public suffix list is */
    public StatusRoutes(
            HealthWatch health,
            PrometheusMeterRegistry meters,
            LocalDate suffixListDate,
            UnreachableClients unreachable,
            WaysIn waysIn,
            OperatorMail operatorMail,
            RecordRoutes record,
            Clock clock) {
        this.health = health;
        this.meters = meters;
        this.suffixListDate = suffixListDate;
        this.unreachable = unreachable;
        this.waysIn = waysIn;
        this.operatorMail = operatorMail;
        this.record = record;
        this.clock = clock;
    }

    @Override
    public Map<String, Route> routes() {
        return Map.of("GET /status", this::status);
    }

    private Object status(Request request) {
        long days = ChronoUnit.DAYS.between(suffixListDate, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        Map<String, Object> status = new HashMap<>(Map.of(
                "ready",
                health.ready(),
                "checks",
                health.findings(),
                "publicSuffixList",
                Map.of("date", suffixListDate.toString(), "days", days),
                "unreachableClients",
                unreachableClients(),
                "wrongRows",
                record.wrongRows(),
                "passwordsKnownToOperators",
                knownPasswords()));
        postmaster().ifPresent(waiting -> status.put("postmaster", waiting));
        return status;
    }

    /** Their threads' addresses; none while the database is away, which a check says. */
    private List<String> unreachableClients() {
        try {
            return unreachable.told().stream().map(EmailAddress::value).toList();
        } catch (CannotTellException away) {
            return List.of();
        }
    }

    /** Whose password operators may know; none while the database is away, which a check says. */
    private List<String> knownPasswords() {
        try {
            return waysIn.knownToOperators().stream().map(EmailAddress::value).toList();
        } catch (CannotTellException away) {
            return List.of();
        }
    }

    /** What waits for the operators; empty while the database does not answer, of which the checks tell. */
    private Optional<Map<String, Object>> postmaster() {
        try {
            List<OperatorMail.Item> mails = operatorMail.list();
            Map<String, Object> waiting = new HashMap<>(Map.of("mails", mails.size()));
            if (!mails.isEmpty()) {
                Instant oldest = mails.get(0).arrived();
                waiting.put("oldest", oldest.toString());
                waiting.put("days", ChronoUnit.DAYS.between(oldest, clock.instant()));
            }
            return Optional.of(waiting);
        } catch (CannotTellException unclear) {
            return Optional.empty();
        }
    }

    public boolean ready() {
        return health.ready();
    }

    /** The names of the parts that are not well, and nothing of why. */
    public Object summary() {
        return Map.of(
                "status",
                health.ready() ? "ready" : "not ready",
                "troubles",
                health.findings().stream()
                        .filter(finding -> !finding.status().equals("healthy"))
                        .map(HealthWatch.Finding::part)
                        .collect(Collectors.toList()));
    }

    /** Prometheus's text format 0.0.4. */
    public String metrics() {
        return meters.scrape();
    }
}
