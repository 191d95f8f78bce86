package org.therapost.storage.store;

import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;
import static org.therapost.storage.generated.Tables.KNOWN_MESSAGE_ID;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.CommonTableExpression;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertReturningStep;
import org.jooq.Record1;
import org.jooq.impl.DSL;
import org.therapost.storage.generated.tables.records.KnownMessageIdRecord;

/** Marks of the message identifiers that clients know. */
public final class KnownMessageIdRows {

    static final String MARKS = "known";

    private KnownMessageIdRows() {}

    /** Remembers them as a part of another statement, which so costs no further round trip. */
    public static CommonTableExpression<Record1<UUID>> remembered(DSLContext tx, Set<UUID> marks) {
        return remembered(tx, val(text(marks)));
    }

    /** The same, with {@value #MARKS} as a parameter. */
    public static CommonTableExpression<Record1<UUID>> remembered(DSLContext on) {
        return remembered(on, param(MARKS, String.class));
    }

    private static CommonTableExpression<Record1<UUID>> remembered(DSLContext on, Field<String> marks) {
        return name("known").as(insertion(on, marks).returningResult(KNOWN_MESSAGE_ID.MARK));
    }

    /** An array as PostgreSQL reads it, in order, so that two insertions of the same marks never wait for each other in a ring. */
    static String text(Set<UUID> marks) {
        return marks.stream().map(UUID::toString).sorted().collect(Collectors.joining(",", "{", "}"));
    }

    public static void remember(DSLContext tx, Set<UUID> marks) {
        if (!marks.isEmpty()) {
            insertion(tx, val(text(marks))).execute();
        }
    }

    private static InsertReturningStep<KnownMessageIdRecord> insertion(DSLContext tx, Field<String> marks) {
        Field<UUID> each = DSL.field("unnest(cast({0} as uuid[]))", UUID.class, marks);
        return tx.insertInto(KNOWN_MESSAGE_ID)
                .columns(KNOWN_MESSAGE_ID.MARK)
                .select(select(each))
                .onConflictDoNothing();
    }

    public static Set<UUID> known(DSLContext on, Collection<UUID> marks) {
        return on.select(KNOWN_MESSAGE_ID.MARK)
                .from(KNOWN_MESSAGE_ID)
                .where(KNOWN_MESSAGE_ID.MARK.eq(DSL.any(marks.toArray(UUID[]::new))))
                .fetchSet(KNOWN_MESSAGE_ID.MARK);
    }
}
