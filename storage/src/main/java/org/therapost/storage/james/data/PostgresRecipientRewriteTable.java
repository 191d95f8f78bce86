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
import org.jooq.Record2;
import org.jooq.exception.DataAccessException;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
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
        answered(on -> on.insertInto(RECIPIENT_REWRITE)
                .set(RECIPIENT_REWRITE.SOURCE_MAC, mac(source))
                .set(RECIPIENT_REWRITE.MAPPING_MAC, mac(mapping))
                .set(RECIPIENT_REWRITE.SOURCE_SEALED, key.seal(text(source), SealingPurpose.REWRITE_SOURCE))
                .set(RECIPIENT_REWRITE.MAPPING_SEALED, key.seal(mapping.asString(), SealingPurpose.REWRITE_MAPPING))
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
        return MappingsImpl.fromMappings(answered(on -> on.select(RECIPIENT_REWRITE.MAPPING_SEALED)
                        .from(RECIPIENT_REWRITE)
                        .where(of(source))
                        .fetch(RECIPIENT_REWRITE.MAPPING_SEALED))
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
        List<Record2<byte[], byte[]>> rows =
                answered(on -> on.select(RECIPIENT_REWRITE.SOURCE_SEALED, RECIPIENT_REWRITE.MAPPING_SEALED)
                        .from(RECIPIENT_REWRITE)
                        .fetch());
        return rows.stream()
                .collect(Collectors.groupingBy(
                        row -> MappingSource.parse(open(row.value1(), SealingPurpose.REWRITE_SOURCE)),
                        LinkedHashMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(row -> mapping(row.value2()), Collectors.toList()),
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

    private Mapping mapping(byte[] sealed) {
        return Mapping.of(open(sealed, SealingPurpose.REWRITE_MAPPING));
    }

    private String open(byte[] sealed, SealingPurpose purpose) {
        try {
            return key.openText(sealed, purpose);
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
