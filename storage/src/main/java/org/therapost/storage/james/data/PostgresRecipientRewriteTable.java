package org.therapost.storage.james.data;

import static org.therapost.storage.generated.Tables.RECIPIENT_REWRITE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.rrt.api.RecipientRewriteTableException;
import org.apache.james.rrt.lib.AbstractRecipientRewriteTable;
import org.apache.james.rrt.lib.Mapping;
import org.apache.james.rrt.lib.MappingSource;
import org.apache.james.rrt.lib.Mappings;
import org.apache.james.rrt.lib.MappingsImpl;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumn;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.generated.tables.records.RecipientRewriteRecord;
import org.therapost.storage.postgres.Database;

/**
 * James's table of aliases and forwards. Both sides can be clients' addresses: they rest sealed with the server key and are
 * found by their pseudonyms. Mail of threads is never rewritten: the thread's address alone decides where it goes.
 */
public final class PostgresRecipientRewriteTable extends AbstractRecipientRewriteTable {

    private final Database database;
    private final ServerKey key;

    public PostgresRecipientRewriteTable(Database database, ServerKey key) {
        this.database = database;
        this.key = key;
    }

    @Override
    public void addMapping(MappingSource source, Mapping mapping) throws RecipientRewriteTableException {
        byte[] from = mac(source);
        byte[] to = mac(mapping);
        answered(on -> on.insertInto(RECIPIENT_REWRITE)
                .set(RECIPIENT_REWRITE.SOURCE_MAC, from)
                .set(RECIPIENT_REWRITE.MAPPING_MAC, to)
                .set(RECIPIENT_REWRITE.SOURCE_SEALED, SealedColumns.REWRITE_SOURCE.seal(key, text(source), from, to))
                .set(
                        RECIPIENT_REWRITE.MAPPING_SEALED,
                        SealedColumns.REWRITE_MAPPING.seal(key, mapping.asString(), from, to))
                .onConflictDoNothing()
                .execute());
    }

    @Override
    public void removeMapping(MappingSource source, Mapping mapping) throws RecipientRewriteTableException {
        answered(on -> on.deleteFrom(RECIPIENT_REWRITE)
                .where(of(source), RECIPIENT_REWRITE.MAPPING_MAC.eq(mac(mapping)))
                .execute());
    }

    @Override
    public Mappings getStoredMappings(MappingSource source) throws RecipientRewriteTableException {
        return MappingsImpl.fromMappings(
                answered(on -> on.selectFrom(RECIPIENT_REWRITE)
                                .where(of(source))
                                .fetch())
                        .stream()
                        .map(this::mapping));
    }

    @Override
    protected Mappings mapAddress(String user, Domain domain) throws RecipientRewriteTableException {
        Mappings ofUser = getStoredMappings(MappingSource.fromUser(Username.fromLocalPartWithDomain(user, domain)));
        return ofUser.isEmpty() ? getStoredMappings(MappingSource.fromDomain(domain)) : ofUser;
    }

    @Override
    public Map<MappingSource, Mappings> getAllMappings() throws RecipientRewriteTableException {
        List<RecipientRewriteRecord> rows =
                answered(on -> on.selectFrom(RECIPIENT_REWRITE).fetch());
        return rows.stream()
                .collect(Collectors.groupingBy(
                        row -> MappingSource.parse(open(SealedColumns.REWRITE_SOURCE, row.getSourceSealed(), row)),
                        LinkedHashMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(row -> mapping(row), Collectors.toList()),
                                mappings -> (Mappings) MappingsImpl.fromMappings(mappings.stream()))));
    }

    private Condition of(MappingSource source) {
        return RECIPIENT_REWRITE.SOURCE_MAC.eq(mac(source));
    }

    // As MappingSource.parse reads it; its own asString() is the same for a domain and for a user of that name.
    private static String text(MappingSource source) {
        return source.asDomain().map(domain -> "*@" + domain.asString()).orElseGet(source::asString);
    }

    private byte[] mac(MappingSource source) {
        return key.pseudonym(text(source), SealingPurpose.REWRITE_SOURCE);
    }

    private byte[] mac(Mapping mapping) {
        return key.pseudonym(mapping.asString(), SealingPurpose.REWRITE_MAPPING);
    }

    private Mapping mapping(RecipientRewriteRecord row) {
        return Mapping.of(open(SealedColumns.REWRITE_MAPPING, row.getMappingSealed(), row));
    }

    private String open(SealedColumn column, byte[] sealed, RecipientRewriteRecord row) {
        try {
            return column.openText(key, sealed, row.getSourceMac(), row.getMappingMac());
        } catch (SealedException wrong) {
            throw new IllegalStateException(
                    "a rewriting does not open: is this the server key of this database?", wrong);
        }
    }

    private <T> T answered(Function<DSLContext, T> question) throws RecipientRewriteTableException {
        try {
            return question.apply(database.sql());
        } catch (DataAccessException away) {
            throw new RecipientRewriteTableException("the database did not answer (" + away.sqlState() + ")", away);
        }
    }
}
