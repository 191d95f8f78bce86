package org.therapost.storage.conversation;

import static org.therapost.storage.generated.Tables.MTA_STS_POLICY;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.exchangers.CachedPolicy;
import org.therapost.domain.exchangers.MtaStsPolicy;
import org.therapost.domain.exchangers.PolicyCache;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.postgres.Database;

/** Policies of clients' domains in PostgreSQL. What is sealed begins with id and instant, a line each. */
public final class JooqPolicyCache implements PolicyCache {

    private final Database database;
    private final ServerKey serverKey;

    public JooqPolicyCache(Database database, ServerKey serverKey) {
        this.database = database;
        this.serverKey = serverKey;
    }

    @Override
    public Optional<CachedPolicy> find(String domain) throws CannotTellException {
        byte[] mac = mac(domain);
        return database.ask(on -> on.select(MTA_STS_POLICY.POLICY_SEALED)
                .from(MTA_STS_POLICY)
                .where(MTA_STS_POLICY.DOMAIN_MAC.eq(mac))
                .fetchOptional(row -> open(mac, row.value1())));
    }

    @Override
    public void keep(String domain, CachedPolicy policy) throws CannotTellException {
        byte[] sealed = SealedColumns.POLICIES.seal(
                serverKey,
                String.join(
                        "\n",
                        policy.id(),
                        policy.fetchedAt().toString(),
                        policy.policy().text()),
                mac(domain));
        database.ask(on -> on.insertInto(MTA_STS_POLICY)
                .set(MTA_STS_POLICY.DOMAIN_MAC, mac(domain))
                .set(MTA_STS_POLICY.POLICY_SEALED, sealed)
                .onConflict(MTA_STS_POLICY.DOMAIN_MAC)
                .doUpdate()
                .set(MTA_STS_POLICY.POLICY_SEALED, sealed)
                .execute());
    }

    @Override
    public void retain(Collection<String> domains) throws CannotTellException {
        List<byte[]> macs = domains.stream().map(this::mac).toList();
        database.ask(on -> on.deleteFrom(MTA_STS_POLICY)
                .where(MTA_STS_POLICY.DOMAIN_MAC.notIn(macs))
                .execute());
    }

    private byte[] mac(String domain) {
        return serverKey.pseudonym(domain, SealingPurpose.MTA_STS_POLICY);
    }

    private CachedPolicy open(byte[] mac, byte[] sealed) {
        String[] lines = SealedColumns.POLICIES.readText(serverKey, sealed, mac).split("\n", 3);
        return new CachedPolicy(
                lines[0],
                MtaStsPolicy.read(lines[2].getBytes(StandardCharsets.UTF_8)).orElseThrow(),
                Instant.parse(lines[1]));
    }
}
