package org.therapost.storage.james.quota;

import static org.therapost.storage.generated.Tables.QUOTA_LIMIT;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.james.core.Domain;
import org.apache.james.mailbox.model.Quota.Scope;
import org.apache.james.mailbox.model.QuotaRoot;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.therapost.storage.postgres.Database;

/** Limits at rest. */
final class QuotaRows {

    /** What is limited. */
    enum Resource {
        MESSAGES,
        OCTETS;

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** For whom. */
    record Whom(Scope scope, String name) {

        static final Whom ALL = new Whom(Scope.Global, "");

        static Whom of(Domain domain) {
            return new Whom(Scope.Domain, domain.asString());
        }

        static Whom of(QuotaRoot root) {
            return new Whom(Scope.User, root.getValue());
        }

        String column() {
            return scope.name().toLowerCase(Locale.ROOT);
        }

        Condition rows() {
            return QUOTA_LIMIT.SCOPE.eq(column()).and(QUOTA_LIMIT.NAME.eq(name));
        }
    }

    private final Database database;

    QuotaRows(Database database) {
        this.database = database;
    }

    /** The limit, or -1 for "none". */
    Optional<Long> find(Whom whom, Resource resource) {
        return database.sql()
                .select(QUOTA_LIMIT.MOST)
                .from(QUOTA_LIMIT)
                .where(whom.rows(), QUOTA_LIMIT.RESOURCE.eq(resource.column()))
                .fetchOptional(QUOTA_LIMIT.MOST);
    }

    /** The limits that concern a quota root, in one question. */
    Map<Scope, Long> all(QuotaRoot root, Resource resource) {
        Condition concerned = Whom.ALL
                .rows()
                .or(Whom.of(root).rows())
                .or(root.getDomain().map(domain -> Whom.of(domain).rows()).orElse(DSL.falseCondition()));
        Map<Scope, Long> limits = new EnumMap<>(Scope.class);
        database.sql()
                .select(QUOTA_LIMIT.SCOPE, QUOTA_LIMIT.MOST)
                .from(QUOTA_LIMIT)
                .where(QUOTA_LIMIT.RESOURCE.eq(resource.column()), concerned)
                .forEach(row -> limits.put(scope(row.value1()), row.value2()));
        return limits;
    }

    void set(Whom whom, Resource resource, long most) {
        database.sql()
                .insertInto(QUOTA_LIMIT)
                .set(QUOTA_LIMIT.SCOPE, whom.column())
                .set(QUOTA_LIMIT.NAME, whom.name())
                .set(QUOTA_LIMIT.RESOURCE, resource.column())
                .set(QUOTA_LIMIT.MOST, most)
                .onConflict(QUOTA_LIMIT.SCOPE, QUOTA_LIMIT.NAME, QUOTA_LIMIT.RESOURCE)
                .doUpdate()
                .set(QUOTA_LIMIT.MOST, most)
                .execute();
    }

    void remove(Whom whom, Resource resource) {
        database.sql()
                .deleteFrom(QUOTA_LIMIT)
                .where(whom.rows(), QUOTA_LIMIT.RESOURCE.eq(resource.column()))
                .execute();
    }

    private static Scope scope(String column) {
        for (Scope scope : Scope.values()) {
            if (scope.name().equalsIgnoreCase(column)) {
                return scope;
            }
        }
        throw new IllegalStateException("the schema allows no such scope");
    }
}
