package org.therapost.storage.record;

import static org.therapost.storage.generated.Tables.CHECKPOINT;
import static org.therapost.storage.generated.Tables.RECORD_ENTRY;
import static org.therapost.storage.generated.Tables.THERAPIST;
import static org.therapost.storage.generated.Tables.WRONG_ROW;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.record.Checkpoint;
import org.therapost.domain.record.CheckpointFile;
import org.therapost.domain.record.CheckpointHead;
import org.therapost.domain.record.RecordTags;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.keys.SignedTexts;
import org.therapost.storage.people.BoundCertificates;
import org.therapost.storage.postgres.ChangedRowException;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.WrongRows;
import org.therapost.storage.postgres.WrongRows.WrongRow;

/**
 * Compares the record with the checkpoints that therapists' keys have signed: an older state of the database has less than they say,
 * and a chain that was made anew has other tags.
 */
public final class CheckpointVerification {

    private static final String TABLE = CHECKPOINT.getName();

    private final Database database;
    private final CheckpointFile file;
    private final SignedTexts signedTexts;
    private final BoundCertificates certificates;

    public CheckpointVerification(
            Database database, ServerKey serverKey, CheckpointFile file, SignedTexts signedTexts) {
        this.database = database;
        this.file = file;
        this.signedTexts = signedTexts;
        this.certificates = new BoundCertificates(serverKey);
    }

    /**
     * Compares the record with all checkpoints of the database and of the file beside it; remembers what differs, and forgets what is
     * right again.
     *
     * @return what differs
     * @throws CannotTellException if the database did not answer, or the file could not be read
     */
    public List<WrongRow> verify() throws CannotTellException {
        Set<String> signed = new LinkedHashSet<>(
                database.ask(on -> on.select(CHECKPOINT.SIGNED).from(CHECKPOINT).fetch(CHECKPOINT.SIGNED)));
        try {
            signed.addAll(signedTexts.find(file.read()));
        } catch (IOException unreadable) {
            throw new CannotTellException("the file of checkpoints cannot be read", unreadable);
        }
        Comparison comparison = new Comparison(Predecessors.MUST_BE_THERE);
        List<WrongRow> wrong = database.transact(tx -> comparison.of(tx, signed));
        return database.transact(tx -> {
            WrongRows.all(tx, WRONG_ROW.TABLE_NAME.eq(TABLE)).stream()
                    .filter(row -> !wrong.contains(row))
                    .forEach(row -> WrongRows.forget(tx, row));
            wrong.forEach(row -> WrongRows.report(tx, row));
            return wrong;
        });
    }

    /** Whether a text has any checkpoint to compare with. */
    public boolean isAny(String text) {
        return !signedTexts.find(text).isEmpty();
    }

    /**
     * Compares the record with the checkpoints of a text, which a therapist kept.
     *
     * @param text with one or more of them, whatever stands between
     * @throws CannotTellException if the database did not answer
     */
    public List<WrongRow> verify(String text) throws CannotTellException {
        Set<String> signed = new LinkedHashSet<>(signedTexts.find(text));
        Comparison comparison = new Comparison(Predecessors.MAY_BE_ELSEWHERE);
        return database.transact(tx -> comparison.of(tx, signed));
    }

    /** Whether the checkpoint before each one is among those that are compared. */
    private enum Predecessors {
        MUST_BE_THERE,
        MAY_BE_ELSEWHERE
    }

    private static WrongRow wrong(String row, String fault, Optional<CheckpointHead> head) {
        return new WrongRow(TABLE, row, fault, head.map(CheckpointHead::thread), head.map(CheckpointHead::number));
    }

    private final class Comparison {

        private final Predecessors predecessors;
        private final List<WrongRow> wrong = new ArrayList<>();
        private final Map<UUID, Optional<Certificate>> known = new HashMap<>();
        private final Map<UUID, Map<Long, byte[]>> tags = new HashMap<>();

        Comparison(Predecessors predecessors) {
            this.predecessors = predecessors;
        }

        List<WrongRow> of(DSLContext tx, Set<String> signed) {
            Set<String> digests = new HashSet<>(Set.of(Checkpoint.FIRST));
            List<Checkpoint> checkpoints = new ArrayList<>();
            for (String one : signed) {
                digests.add(Checkpoint.before(one));
                verified(tx, one).ifPresent(checkpoints::add);
            }
            for (Checkpoint checkpoint : checkpoints) {
                checkpoint.heads().forEach(head -> compare(tx, checkpoint, head));
                if (predecessors == Predecessors.MUST_BE_THERE && !digests.contains(checkpoint.before())) {
                    wrong.add(wrong(
                            name(checkpoint),
                            "the checkpoint before it is neither in the database nor in its file",
                            Optional.empty()));
                }
            }
            return List.copyOf(new LinkedHashSet<>(wrong));
        }

        private Optional<Checkpoint> verified(DSLContext tx, String signed) {
            Optional<Checkpoint> claimed = signedTexts.unverified(signed).flatMap(Comparison::read);
            if (claimed.isEmpty()) {
                wrong.add(wrong(Checkpoint.before(signed), "is not a whole checkpoint", Optional.empty()));
                return Optional.empty();
            }
            boolean right = certificate(tx, claimed.get().therapist())
                    .flatMap(certificate -> signedTexts.verified(signed, certificate))
                    .isPresent();
            if (!right) {
                wrong.add(wrong(
                        name(claimed.get()),
                        "was not signed by the key of the therapist's certificate on file: either it was changed, or"
                                + " the certificate was",
                        Optional.empty()));
                return Optional.empty();
            }
            return claimed;
        }

        private static Optional<Checkpoint> read(String text) {
            try {
                return Optional.of(Checkpoint.read(text));
            } catch (IllegalArgumentException none) {
                return Optional.empty();
            }
        }

        private Optional<Certificate> certificate(DSLContext tx, TherapistId therapist) {
            return known.computeIfAbsent(therapist.value(), id -> tx.select(BoundCertificates.THERAPISTS)
                    .from(THERAPIST)
                    .where(THERAPIST.ID.eq(id))
                    .fetchOptional(row -> {
                        try {
                            return certificates.therapist(row).certificate();
                        } catch (ChangedRowException changed) {
                            return null;
                        }
                    }));
        }

        private void compare(DSLContext tx, Checkpoint checkpoint, CheckpointHead head) {
            if (head.number() == 0) {
                return;
            }
            byte[] tag = tags.computeIfAbsent(head.thread().value(), thread -> tags(tx, thread))
                    .getOrDefault(head.number(), new byte[0]);
            if (tag.length == 0) {
                wrong.add(wrong(
                        name(checkpoint),
                        "the record had that number then and has not now: the end was cut off, or an older state of the"
                                + " database was put back",
                        Optional.of(head)));
            } else if (!RecordTags.same(tag, head.tag())) {
                wrong.add(wrong(
                        name(checkpoint),
                        "the record up to that number is another one than it was then: it was made anew",
                        Optional.of(head)));
            }
        }

        private static Map<Long, byte[]> tags(DSLContext tx, UUID thread) {
            return tx.select(RECORD_ENTRY.NUMBER, RECORD_ENTRY.TAG)
                    .from(RECORD_ENTRY)
                    .where(RECORD_ENTRY.THREAD_ID.eq(thread))
                    .fetchMap(RECORD_ENTRY.NUMBER, RECORD_ENTRY.TAG);
        }

        private static String name(Checkpoint checkpoint) {
            return checkpoint.therapist().value() + " of " + checkpoint.madeAt();
        }
    }
}
