package org.therapost.storage.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.therapost.domain.access.Account;
import org.therapost.domain.access.WayIn;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.keys.LockedKey;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.storage.postgres.ConnectionParameters;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.EmbeddedCluster;

/** What a release stored that knew one password for each account stays valid. */
class WaysInMigrationTest {

    private static final EmailAddress DR_BLOOM = EmailAddress.of("bloom@practice.example");
    private static final EmailAddress DR_KLEE = EmailAddress.of("klee@practice.example");
    private static final byte[] LOCKED = {7, 8, 9};
    private static final byte[] CERTIFICATE = {1};

    @Test
    void the_password_of_before_is_a_way_in_and_the_key_that_it_locked_is_its_wrapping(@TempDir Path folder)
            throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(folder.resolve("cluster"), folder.resolve("binaries"))) {
            ConnectionParameters settings = cluster.parameters(2);
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(settings.url());
            source.setUser(settings.user());
            source.setPassword(settings.password());
            Flyway.configure().dataSource(source).target("62").load().migrate();
            enrol(DSL.using(source, SQLDialect.POSTGRES));

            try (Database database = Database.connect(settings)) {
                ServerKey key = new ServerKey(ServerKey.generate());
                JooqAccounts accounts = new JooqAccounts(database, key);
                assertThat(accounts.find(DR_KLEE, Optional.empty())
                                .orElseThrow()
                                .keyHere())
                        .as("nobody bound Dr Klee's custody yet")
                        .isTrue();
                new CertificateBinding(database, key).run(line -> {});
                Account bloom = accounts.find(DR_BLOOM, Optional.empty()).orElseThrow();
                assertThat(bloom.keyHere()).isTrue();
                assertThat(bloom.wayIn().kind()).isEqualTo(WayIn.Kind.PASSWORD);
                assertThat(bloom.wayIn().wrapping().record()).isEqualTo(new PasswordRecord("$argon2id$bloom"));
                assertThat(bloom.wayIn().wrapping().locked().map(LockedKey::octets))
                        .hasValueSatisfying(octets -> assertThat(octets).isEqualTo(LOCKED));
                Account klee = accounts.find(DR_KLEE, Optional.empty()).orElseThrow();
                assertThat(klee.keyHere()).isFalse();
                assertThat(klee.wayIn().wrapping().record()).isEqualTo(new PasswordRecord("$argon2id$klee"));
                assertThat(klee.wayIn().wrapping().locked()).isEmpty();
                assertThat(database.sql().fetchValues("select distinct set_by from way_in"))
                        .isEqualTo(java.util.List.of("operator"));
            }
        }
    }

    private static void enrol(DSLContext sql) {
        UUID practice = UUID.randomUUID();
        sql.execute("insert into mail_domain values ('practice.example')");
        sql.execute(
                "insert into practice (id, domain, dkim_selector, dkim_private_sealed, dkim_public)"
                        + " values (?, 'practice.example', 'tp1', ?, ?)",
                practice,
                CERTIFICATE,
                CERTIFICATE);
        sql.execute(
                "insert into account (username, password) values (?, '$argon2id$bloom'), (?, '$argon2id$klee')",
                DR_BLOOM.canonical(),
                DR_KLEE.canonical());
        String therapist = "insert into therapist (id, practice_id, address, name, custody, certificate, locked_key)"
                + " values (?, ?, ?, ?, ?, ?, ?)";
        sql.execute(
                therapist, UUID.randomUUID(), practice, DR_BLOOM.canonical(), "Dr Bloom", "login", CERTIFICATE, LOCKED);
        sql.execute(therapist, UUID.randomUUID(), practice, DR_KLEE.canonical(), "Dr Klee", "own", CERTIFICATE, null);
    }
}
