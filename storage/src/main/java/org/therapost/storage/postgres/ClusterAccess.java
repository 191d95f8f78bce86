package org.therapost.storage.postgres;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect to the embedded PostgreSQL: one role that is no superuser, with a random password that rests in a file
 * for the server's own user. Loopback alone would be no boundary, since every local user and program can reach it.
 *
 * <p>PostgreSQL's superuser has no password and no line in {@code pg_hba.conf}, so that nobody can log in as it. What it
 * has to do is done in single-user mode, by the owner of the files, before PostgreSQL listens.
 */
public final class ClusterAccess {

    public static final String ROLE = "therapost";
    static final String DATABASE = "postgres";

    // zonky unpacks the programs once in a process, for whichever cluster is the first in it.
    private static final AtomicReference<@Nullable Path> UNPACKED = new AtomicReference<>();
    private static final int PASSWORD_OCTETS = 32;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    // A cluster of an earlier version belongs to the superuser, and REASSIGN OWNED takes nothing from that one.
    private static final String OWNERSHIP = """
            do $do$
            declare statement text;
            begin
              for statement in
                select format('alter schema %I owner to therapost', n.nspname)
                  from pg_namespace n
                 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                union all
                select format('alter table %I.%I owner to therapost', n.nspname, c.relname)
                  from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                   and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
                   and not exists (select 1 from pg_depend d
                                    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'e', 'i'))
                union all
                select format('alter routine %s owner to therapost', p.oid::regprocedure)
                  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                   and not exists (select 1 from pg_depend d
                                    where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
                union all
                select format('alter type %I.%I owner to therapost', n.nspname, t.typname)
                  from pg_type t join pg_namespace n on n.oid = t.typnamespace
                 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and t.typtype in ('e', 'd')
                   and not exists (select 1 from pg_depend d
                                    where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
              loop
                execute statement;
              end loop;
            end $do$""";

    private final Path cluster;
    private final String password;

    private ClusterAccess(Path cluster, String password) {
        this.cluster = cluster;
        this.password = password;
    }

    /** Reads the password beside the cluster's folder, or makes one. */
    static ClusterAccess of(Path cluster, Path binaries) throws IOException {
        Path file = passwordFile(cluster);
        String password = Files.exists(file)
                ? Files.readString(file, StandardCharsets.US_ASCII).strip()
                : "";
        // A file that was cut off, or emptied, is made anew: the cluster's owner needs nobody's leave for it.
        if (!password.matches("[0-9a-f]{" + 2 * PASSWORD_OCTETS + "}")) {
            byte[] random = new byte[PASSWORD_OCTETS];
            new SecureRandom().nextBytes(random);
            password = HexFormat.of().formatHex(random);
            writePrivately(file, password + "\n");
        } else if (POSIX) {
            // A copy may have lost its mode.
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        UNPACKED.updateAndGet(first -> first != null && Files.isDirectory(first) ? first : binaries);
        return new ClusterAccess(cluster, password);
    }

    static Path passwordFile(Path cluster) {
        return cluster.resolveSibling("password");
    }

    String password() {
        return password;
    }

    /**
     * Sees to it that only this password opens the cluster, which must not be running. Costs a single-user start when the
     * cluster is new, comes from an earlier version, or from a backup with another password; else a look into one file.
     */
    void enforce() throws IOException {
        Path rules = cluster.resolve("pg_hba.conf");
        if (Files.exists(rules)
                && Files.readString(rules, StandardCharsets.UTF_8).equals(rules())) {
            return;
        }
        superuser(List.of(
                "do $do$ begin if not exists (select 1 from pg_roles where rolname = '" + ROLE + "') then create role "
                        + ROLE + "; end if; end $do$",
                "alter role " + ROLE + " login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '"
                        + password + "'",
                // So that a copy of the folder can be made complete: it writes what is committed, and opens nothing.
                "grant pg_checkpoint to " + ROLE,
                "alter role postgres password null",
                "alter database " + DATABASE + " owner to " + ROLE,
                OWNERSHIP));
        // Last: if all before did not come to its end, it is done again.
        writePrivately(rules, rules());
    }

    /** What no line names is refused: other roles, other databases, replication, sockets. */
    private String rules() {
        return "# Written by Therapost, and again when it differs. One role, one database, one way.\n"
                + "# Of password " + digest(password) + "\n"
                + "host " + DATABASE + " " + ROLE + " 127.0.0.1/32 scram-sha-256\n";
    }

    private static String digest(String password) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Runs statements as the superuser, which only works while no PostgreSQL runs on the cluster. */
    private void superuser(List<String> statements) throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL refuses to run as root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(program().toString(), "--single", "-D", cluster.toString()));
        for (String setting : List.of(
                "password_encryption=scram-sha-256",
                "lc_messages=C",
                "log_min_error_statement=panic",
                "log_statement=none",
                "log_destination=stderr",
                "logging_collector=off")) {
            command.addAll(List.of("-c", setting));
        }
        command.add(DATABASE);
        Path said = Files.createTempFile(cluster.toAbsolutePath().getParent(), "single-user", ".out");
        try {
            run(command, statements, said);
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private static void run(List<String> command, List<String> statements, Path said) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try (OutputStream in = process.getOutputStream()) {
            for (String statement : statements) {
                // In single-user mode a line is a statement.
                in.write((statement.replaceAll("\\s*\\n\\s*", " ") + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("PostgreSQL in single-user mode does not end");
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", hurry);
        } finally {
            process.destroyForcibly();
        }
        // It ends with 0 after an error, too.
        try (Stream<String> lines = Files.lines(said, StandardCharsets.ISO_8859_1)) {
            List<String> wrong = lines.filter(line -> line.matches(".*(ERROR|FATAL|PANIC):.*"))
                    .limit(1)
                    .toList();
            if (process.exitValue() != 0 || !wrong.isEmpty()) {
                throw new IOException("the roles of the embedded PostgreSQL could not be set: "
                        + (wrong.isEmpty() ? "status " + process.exitValue() : wrong.get(0)));
            }
        }
    }

    private Path program() throws IOException {
        Path unpacked = Objects.requireNonNull(UNPACKED.get());
        String name = FileSystems.getDefault().getSeparator().equals("\\") ? "postgres.exe" : "postgres";
        try (Stream<Path> files = Files.find(
                unpacked, 5, (path, attributes) -> path.endsWith(Path.of("bin", name)) && attributes.isRegularFile())) {
            // A newer version unpacks its programs beside the older ones.
            return files.max(Comparator.comparing(path -> path.toFile().lastModified()))
                    .orElseThrow(() -> new IOException("PostgreSQL's programs are missing in " + unpacked));
        }
    }

    private static void writePrivately(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileAttribute<?>[] mine = POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (FileChannel channel =
                FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mine)) {
            ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
