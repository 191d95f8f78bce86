package org.therapost.storage.people;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.domain.clientkeys.ClientKey;
import org.therapost.domain.clientkeys.KeySource;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.ClientKeyStatus;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.CellBinding;
import org.therapost.storage.postgres.ConnectionParameters;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.EmbeddedCluster;

/** The certificate that an earlier release had on file stays in use, and nobody has compared it. */
class ClientKeysMigrationTest {

    private static final byte[] OCTETS = {1};
    private static final String ALICES = "alice's certificate";

    private final ServerKey serverKey = new ServerKey(new byte[ServerKey.SIZE]);
    private final UUID alices = UUID.randomUUID();
    private final UUID brunos = UUID.randomUUID();

    @Test
    void a_certificate_on_file_stays_in_use_and_is_not_compared(@TempDir Path folder) throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(folder.resolve("cluster"), folder.resolve("binaries"))) {
            ConnectionParameters settings = cluster.parameters(2);
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(settings.url());
            source.setUser(settings.user());
            source.setPassword(settings.password());
            Flyway.configure().dataSource(source).target("70").load().migrate();
            enrol(DSL.using(source, SQLDialect.POSTGRES));

            try (Database database = Database.connect(settings)) {
                new CellBinding(database, serverKey, line -> {}).run();
                new CertificateBinding(database, serverKey).run(line -> {});
                JooqClientKeys keys = new JooqClientKeys(database, serverKey, arrivals -> {});
                assertThat(keys.find(new ThreadId(alices))).singleElement().satisfies(key -> {
                    assertThat(key.certificate()).isEqualTo(new Certificate(ALICES.getBytes(UTF_8)));
                    assertThat(key.source()).isEqualTo(KeySource.EARLIER);
                    assertThat(key.state()).isEqualTo(new ClientKey.State.InUse(Optional.empty()));
                    assertThat(key.used()).isPresent();
                });
                assertThat(keys.find(new ThreadId(brunos))).isEmpty();
                JooqDirectory directory = new JooqDirectory(database, serverKey, EquivalentAddresses.read(List.of()));
                assertThat(directory.thread(new ThreadId(alices)).client().certificate())
                        .hasValue(new Certificate(ALICES.getBytes(UTF_8)));
                assertThat(directory.thread(new ThreadId(alices)).client().keyStatus())
                        .isEqualTo(ClientKeyStatus.NOT_COMPARED);
            }
        }
    }

    private void enrol(DSLContext sql) {
        UUID practice = UUID.randomUUID();
        UUID therapist = UUID.randomUUID();
        sql.execute("insert into mail_domain values ('practice.example')");
        sql.execute(
                "insert into practice (id, domain, dkim_selector, dkim_private_sealed, dkim_public)"
                        + " values (?, 'practice.example', 'tp1', ?, ?)",
                practice,
                OCTETS,
                OCTETS);
        sql.execute("insert into account (username, password) values ('bloom@practice.example', '$argon2id$bloom')");
        sql.execute(
                "insert into therapist (id, practice_id, address, name, custody, certificate, locked_key)"
                        + " values (?, ?, 'bloom@practice.example', 'Dr Bloom', 'login', ?, ?)",
                therapist,
                practice,
                OCTETS,
                OCTETS);
        thread(sql, therapist, alices, "alice", serverKey.sealUnbound(ALICES, SealingPurpose.CLIENT_CERTIFICATE));
        thread(sql, therapist, brunos, "bruno", null);
    }

    private void thread(
            DSLContext sql,
            UUID therapist,
            UUID id,
            String client,
            byte @org.jspecify.annotations.Nullable [] certificate) {
        sql.execute(
                "insert into thread (id, therapist_id, address, client_address_sealed, client_address_mac,"
                        + " client_name_sealed, client_certificate_sealed) values (?, ?, ?, ?, ?, ?, ?)",
                id,
                therapist,
                client + "s@practice.example",
                serverKey.sealUnbound(client + "@provider.example", SealingPurpose.CLIENT_ADDRESS),
                client.getBytes(UTF_8),
                serverKey.sealUnbound(client, SealingPurpose.CLIENT_NAME),
                certificate);
        sql.execute(
                "insert into thread_key (thread_id, key_id, certificate) values (?, ?, ?)",
                id,
                id.getMostSignificantBits() & Long.MAX_VALUE,
                OCTETS);
    }
}
