package org.therapost.storage.people;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;
import static org.therapost.storage.generated.Tables.CLIENT_KEY;
import static org.therapost.storage.generated.Tables.THREAD;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.clientkeys.ClientKey;
import org.therapost.domain.clientkeys.ClientKeyRing;
import org.therapost.domain.clientkeys.KeySource;
import org.therapost.domain.people.ClientKeyStatus;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.generated.tables.records.ClientKeyRecord;

/**
 * Rows of clients' certificates. What may be encrypted to is read here and nowhere else: {@link #certificate}, beside the thread
 * whose client it is ({@link #COLUMNS}, {@link #ofThread}).
 */
public final class ClientKeyRows {

    private static final String IN_USE = "in-use";
    private static final String PENDING = "pending";
    private static final org.therapost.storage.generated.tables.ClientKey OTHER = CLIENT_KEY.as("other_key");

    private static final Field<Instant> WAITS_SINCE = field(select(OTHER.PENDING_SINCE)
                    .from(OTHER)
                    .where(OTHER.THREAD_ID.eq(THREAD.ID), OTHER.STATE.eq(inline(PENDING))))
            .as("key_waits_since");

    private static final Field<Instant> FIRST_USED = field(
                    select(min(OTHER.USED_AT)).from(OTHER).where(OTHER.THREAD_ID.eq(THREAD.ID)))
            .as("key_first_used_at");

    private static final Field<Instant> NOW =
            field("clock_timestamp()", Instant.class).as("key_asked_at");

    /** What a query of threads has to select, with {@code client_key} joined on {@link #ofThread}. */
    public static final List<Field<?>> COLUMNS = List.of(
            CLIENT_KEY.THREAD_ID,
            CLIENT_KEY.ID,
            CLIENT_KEY.STATE,
            CLIENT_KEY.CERTIFICATE_SEALED,
            CLIENT_KEY.COMPARED_AT,
            WAITS_SINCE,
            FIRST_USED,
            NOW);

    private final ServerKey serverKey;

    public ClientKeyRows(ServerKey serverKey) {
        this.serverKey = serverKey;
    }

    /** The row of the key in use; there may be none. */
    public static Condition ofThread() {
        return CLIENT_KEY.THREAD_ID.eq(THREAD.ID).and(CLIENT_KEY.STATE.eq(inline(IN_USE)));
    }

    /** How it stands with the client's keys, by the database's clock. */
    public static ClientKeyStatus status(Record row) {
        boolean used = row.get(CLIENT_KEY.CERTIFICATE_SEALED) != null;
        return ClientKeyRing.status(
                used
                        ? Optional.of(new ClientKey.State.InUse(Optional.ofNullable(row.get(CLIENT_KEY.COMPARED_AT))))
                        : Optional.empty(),
                Optional.ofNullable(row.get(WAITS_SINCE)),
                Optional.ofNullable(row.get(FIRST_USED)),
                row.get(NOW));
    }

    /** The certificate to which answers may be encrypted now. */
    Optional<Certificate> certificate(Record row) {
        return status(row) == ClientKeyStatus.HELD_BACK
                ? Optional.empty()
                : Optional.ofNullable(row.get(CLIENT_KEY.CERTIFICATE_SEALED))
                        .map(octets -> open(
                                octets,
                                row.get(CLIENT_KEY.THREAD_ID),
                                row.get(CLIENT_KEY.ID),
                                row.get(CLIENT_KEY.STATE)));
    }

    List<ClientKey> of(DSLContext on, UUID thread) {
        return on.selectFrom(CLIENT_KEY)
                .where(CLIENT_KEY.THREAD_ID.eq(thread))
                .orderBy(CLIENT_KEY.FIRST_SEEN_AT, CLIENT_KEY.ID)
                .fetch(this::key);
    }

    /** Replaces all keys of a thread; the caller has locked the thread. */
    void replace(DSLContext tx, UUID thread, List<ClientKey> keys) {
        tx.deleteFrom(CLIENT_KEY).where(CLIENT_KEY.THREAD_ID.eq(thread)).execute();
        tx.batchInsert(keys.stream().map(key -> row(thread, key)).toList()).execute();
    }

    private ClientKeyRecord row(UUID thread, ClientKey key) {
        ClientKeyRecord row = new ClientKeyRecord();
        row.setId(key.id());
        row.setThreadId(thread);
        row.setSource(source(key.source()));
        row.setCertificateSealed(SealedColumns.CLIENT_CERTIFICATE.seal(
                serverKey, key.certificate().encoded(), thread, key.id(), state(key.state())));
        row.setFirstSeenAt(key.seen());
        row.setUsedAt(key.used().orElse(null));
        row.setState(state(key.state()));
        if (key.state() instanceof ClientKey.State.Pending pending) {
            row.setPendingSince(pending.since());
        } else if (key.state() instanceof ClientKey.State.InUse used) {
            row.setComparedAt(used.compared().orElse(null));
        }
        return row;
    }

    private ClientKey key(ClientKeyRecord row) {
        return new ClientKey(
                row.getId(),
                open(row.getCertificateSealed(), row.getThreadId(), row.getId(), row.getState()),
                source(row.getSource()),
                row.getFirstSeenAt(),
                Optional.ofNullable(row.getUsedAt()),
                state(row));
    }

    private static ClientKey.State state(ClientKeyRecord row) {
        return switch (row.getState()) {
            case PENDING -> new ClientKey.State.Pending(row.getPendingSince());
            case IN_USE -> new ClientKey.State.InUse(Optional.ofNullable(comparedAt(row)));
            case "refused" -> new ClientKey.State.Refused();
            case "retired" -> new ClientKey.State.Retired();
            default -> throw new IllegalStateException("an unknown state of a key: " + row.getState());
        };
    }

    private static @Nullable Instant comparedAt(ClientKeyRecord row) {
        return row.getComparedAt();
    }

    private static String state(ClientKey.State state) {
        if (state instanceof ClientKey.State.Pending) {
            return PENDING;
        }
        if (state instanceof ClientKey.State.InUse) {
            return IN_USE;
        }
        return state instanceof ClientKey.State.Refused ? "refused" : "retired";
    }

    private static String source(KeySource source) {
        return switch (source) {
            case MAIL -> "mail";
            case OPERATOR -> "operator";
            case EARLIER -> "earlier";
        };
    }

    private static KeySource source(String column) {
        return switch (column) {
            case "mail" -> KeySource.MAIL;
            case "operator" -> KeySource.OPERATOR;
            case "earlier" -> KeySource.EARLIER;
            default -> throw new IllegalStateException("an unknown source of a key: " + column);
        };
    }

    private Certificate open(byte[] sealed, UUID thread, UUID key, String state) {
        return new Certificate(SealedColumns.CLIENT_CERTIFICATE.read(serverKey, sealed, thread, key, state));
    }
}
