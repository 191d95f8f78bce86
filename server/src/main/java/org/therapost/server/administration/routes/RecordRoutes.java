package org.therapost.server.administration.routes;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.enrolment.EnrolmentRegister;
import org.therapost.domain.enrolment.ThreadSummary;
import org.therapost.domain.record.RecordReport;
import org.therapost.storage.cells.CellVerification;
import org.therapost.storage.people.CertificateBinding;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.WrongRows;
import org.therapost.storage.postgres.WrongRows.WrongRow;
import org.therapost.storage.record.CheckpointVerification;
import org.therapost.storage.record.RecordVerification;

/** Verification of the record: begun by one request, and asked by others how far it is. One runs at a time. */
public final class RecordRoutes implements Routes {

    private static final Logger LOG = LoggerFactory.getLogger(RecordRoutes.class);
    private static final int SHOWN = 20;

    private final Database database;
    private final RecordVerification verification;
    private final CheckpointVerification checkpoints;
    private final CellVerification cells;
    private final CertificateBinding certificates;
    private final Enrolment enrolment;
    private final EnrolmentRegister register;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "record-verification");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Run current;

    public RecordRoutes(
            Database database,
            RecordVerification verification,
            CheckpointVerification checkpoints,
            CellVerification cells,
            CertificateBinding certificates,
            Enrolment enrolment,
            EnrolmentRegister register) {
        this.database = database;
        this.verification = verification;
        this.checkpoints = checkpoints;
        this.cells = cells;
        this.certificates = certificates;
        this.enrolment = enrolment;
        this.register = register;
    }

    private static final class Run {
        private final UUID id = UUID.randomUUID();
        private final long total;
        private volatile long compared;
        private final Optional<String> against;
        private volatile List<WrongRow> cells = List.of();
        private volatile List<WrongRow> checkpoints = List.of();
        private volatile @Nullable RecordReport report;
        private volatile boolean failed;

        Run(long total, Optional<String> against) {
            this.total = total;
            this.against = against;
        }

        boolean over() {
            return failed || report != null;
        }
    }

    @Override
    public Map<String, Route> routes() {
        return Map.of("POST /record", this::begin, "GET /record/*", this::look);
    }

    private synchronized Object begin(Request request) throws EnrolmentException, CannotTellException {
        Run before = current;
        if (before != null && !before.over()) {
            throw new EnrolmentException("the record is being verified already; wait until that is over");
        }
        Optional<String> address = request.optional("thread");
        Optional<ThreadId> only = address.isPresent()
                ? Optional.of(enrolment.thread(address.get()).id())
                : Optional.empty();
        Optional<String> against = request.optional("against");
        if (against.isPresent() && !checkpoints.isAny(against.get())) {
            throw new EnrolmentException("there is no signed checkpoint in that file");
        }
        Run run = new Run(verification.messages(only), against);
        worker.execute(() -> verify(run, only));
        current = run;
        return Map.of("id", run.id.toString());
    }

    private void verify(Run run, Optional<ThreadId> only) {
        try {
            run.checkpoints = run.against.isPresent()
                    ? checkpoints.verify(run.against.get())
                    : only.isPresent() ? List.of() : checkpoints.verify();
            run.cells = Stream.concat(cells.verify(only).stream(), certificates.verify(only).stream())
                    .toList();
            run.report = verification.verify(only, compared -> run.compared = compared);
        } catch (CannotTellException | RuntimeException failed) {
            LOG.error("the record could not be verified to its end", failed);
            run.failed = true;
        }
    }

    private synchronized Object look(Request request) throws EnrolmentException, CannotTellException {
        Run run = current;
        if (run == null || !run.id.toString().equals(request.name())) {
            throw new EnrolmentException("no such verification");
        }
        if (run.failed) {
            throw new CannotTellException("the verification broke off; the log has the reason");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("compared", run.compared);
        answer.put("of", run.total);
        RecordReport report = run.report;
        answer.put("done", report != null);
        if (report != null) {
            answer.putAll(describe(
                    report,
                    Stream.concat(run.checkpoints.stream(), run.cells.stream()).toList()));
        }
        return answer;
    }

    private Map<String, Object> describe(RecordReport report, List<WrongRow> changed) throws CannotTellException {
        Map<String, Object> answer = new HashMap<>();
        answer.put("threads", report.threads());
        answer.put("messages", report.messages());
        answer.put("tombstones", report.tombstones());
        answer.put("chainedAt", report.chainedAt().map(Object::toString).orElse(""));
        Map<ThreadId, String> addresses = addresses();
        answer.put(
                "wrong",
                Stream.concat(
                                report.findings().stream()
                                        .map(finding -> finding.sentence() + named(finding.thread(), addresses)),
                                changed.stream().map(row -> row.sentence() + named(row.thread(), addresses)))
                        .toList());
        return answer;
    }

    private static String named(Optional<ThreadId> thread, Map<ThreadId, String> addresses) {
        return thread.map(addresses::get).map(address -> " (" + address + ")").orElse("");
    }

    private Map<ThreadId, String> addresses() throws CannotTellException {
        return register.threads().stream().collect(Collectors.toMap(ThreadSummary::id, summary -> summary.address()
                .value()));
    }

    /** Rows that were found to be wrong, in sentences; none while the database is away, which a check says. */
    List<String> wrongRows() {
        try {
            return database.ask(on -> WrongRows.first(on, SHOWN)).stream()
                    .map(found -> found.wrong().sentence() + " (found " + found.at() + ")")
                    .toList();
        } catch (CannotTellException away) {
            return List.of();
        }
    }
}
