package org.therapost.storage.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.therapost.storage.generated.Tables.MTA_STS_POLICY;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.exchangers.CachedPolicy;
import org.therapost.domain.exchangers.MtaStsPolicy;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.postgres.Database;

class JooqPolicyCacheTest {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00.123456789Z");

    private final Database database = TestDatabase.emptied();
    private final JooqPolicyCache cache = new JooqPolicyCache(database, new ServerKey(new byte[ServerKey.SIZE]));

    private static CachedPolicy policy(String id, MtaStsPolicy.Mode mode, String... patterns) {
        return new CachedPolicy(id, new MtaStsPolicy(mode, List.of(patterns), Duration.ofDays(7)), NOW);
    }

    @Test
    void a_policy_is_found_as_it_was_kept_last_and_those_of_other_domains_can_be_forgotten() throws Exception {
        assertThat(cache.find("a.example")).isEmpty();
        cache.keep("a.example", policy("1", MtaStsPolicy.Mode.TESTING, "mx.a.example"));
        CachedPolicy last = policy("2", MtaStsPolicy.Mode.ENFORCE, "mx.a.example", "*.b.example");
        cache.keep("a.example", last);
        CachedPolicy none = policy("3", MtaStsPolicy.Mode.NONE);
        cache.keep("c.example", none);

        assertThat(cache.find("a.example")).contains(last);
        assertThat(cache.find("c.example")).contains(none);
        cache.retain(List.of("c.example"));
        assertThat(cache.find("a.example")).isEmpty();
        assertThat(cache.find("c.example")).contains(none);
        cache.retain(List.of());
        assertThat(cache.find("c.example")).isEmpty();
    }

    @Test
    void which_domain_it_is_does_not_stand_in_the_database_and_no_row_counts_for_another() throws Exception {
        cache.keep("a.example", policy("1", MtaStsPolicy.Mode.ENFORCE, "mx.a.example"));
        cache.keep("evil.example", policy("1", MtaStsPolicy.Mode.ENFORCE, "mx.evil.example"));
        var rows = database.sql().fetch(MTA_STS_POLICY);
        String hex = HexFormat.of().formatHex("example".getBytes(StandardCharsets.US_ASCII));
        assertThat(rows).hasSize(2).noneMatch(row -> HexFormat.of()
                .formatHex(row.getPolicySealed())
                .contains(hex));

        for (var row : rows) {
            byte[] other = rows.stream()
                    .filter(one -> !one.equals(row))
                    .findFirst()
                    .orElseThrow()
                    .getPolicySealed();
            database.sql()
                    .update(MTA_STS_POLICY)
                    .set(MTA_STS_POLICY.POLICY_SEALED, other)
                    .where(MTA_STS_POLICY.DOMAIN_MAC.eq(row.getDomainMac()))
                    .execute();
        }
        assertThatThrownBy(() -> cache.find("a.example")).isInstanceOf(CannotTellException.class);
    }
}
