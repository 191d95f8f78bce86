package org.therapost.storage.james.data;

import static org.therapost.storage.generated.Tables.MAIL_DOMAIN;

import java.util.List;
import java.util.function.Supplier;
import org.apache.james.core.Domain;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.domainlist.api.DomainListException;
import org.apache.james.domainlist.lib.AbstractDomainList;
import org.jooq.exception.DataAccessException;
import org.therapost.storage.postgres.Database;

/** The domains whose mail is ours. */
public final class PostgresDomainList extends AbstractDomainList {

    private final Database database;

    public PostgresDomainList(DNSService dns, Database database) {
        super(dns);
        this.database = database;
    }

    @Override
    public void addDomain(Domain domain) throws DomainListException {
        int added = answered(() -> database.sql()
                .insertInto(MAIL_DOMAIN)
                .set(MAIL_DOMAIN.NAME, domain.asString())
                .onConflictDoNothing()
                .execute());
        if (added == 0) {
            throw new DomainListException(domain.asString() + " already exists");
        }
    }

    @Override
    protected List<Domain> getDomainListInternal() throws DomainListException {
        return answered(() -> database.sql()
                .select(MAIL_DOMAIN.NAME)
                .from(MAIL_DOMAIN)
                .orderBy(MAIL_DOMAIN.NAME)
                .fetch(row -> Domain.of(row.value1())));
    }

    @Override
    protected boolean containsDomainInternal(Domain domain) throws DomainListException {
        return answered(() -> database.sql().fetchExists(MAIL_DOMAIN, MAIL_DOMAIN.NAME.eq(domain.asString())));
    }

    @Override
    protected void doRemoveDomain(Domain domain) throws DomainListException {
        int removed = answered(() -> database.sql()
                .deleteFrom(MAIL_DOMAIN)
                .where(MAIL_DOMAIN.NAME.eq(domain.asString()))
                .execute());
        if (removed == 0) {
            throw new DomainListException(domain.asString() + " was not found");
        }
    }

    private static <T> T answered(Supplier<T> question) throws DomainListException {
        try {
            return question.get();
        } catch (DataAccessException away) {
            throw new DomainListException("the database did not answer (" + away.sqlState() + ")", away);
        }
    }
}
