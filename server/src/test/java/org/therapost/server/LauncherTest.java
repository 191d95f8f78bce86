package org.therapost.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the launcher {@code therapost} builds and what it puts on the class path, in a repository of empty files. In the place of
 * Java and Maven stand scripts that write down how they were called.
 */
class LauncherTest {

    private static final Instant SOURCES = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant BUILT = SOURCES.plusSeconds(3600);
    private static final Instant CHANGED = BUILT.plusSeconds(3600);
    private static final List<String> SHIPPED =
            List.of("domain", "openpgp", "storage", "mailets", "protocols", "server");

    @TempDir
    private Path home = Path.of("unset");

    @BeforeEach
    void everything_is_built() throws IOException {
        Path launcher = home.resolve("therapost");
        Files.copy(repository().resolve("therapost"), launcher);
        executable(launcher);
        file("pom.xml", SOURCES);
        file("james/pom.xml", SOURCES);
        file("storage/src/generated/Tables.java", SOURCES);
        for (String module : Stream.concat(SHIPPED.stream(), Stream.of("demo")).toList()) {
            file(module + "/pom.xml", SOURCES);
            file(module + "/src/main/java/Any.java", SOURCES);
        }
        file("server/target/lib/library-1.jar", BUILT);
        file("server/target/therapost-server.jar", BUILT);
        file("server/target/built", BUILT);
        file("demo/target/lib/greenmail-1.jar", BUILT);
        file("demo/target/therapost-demo.jar", BUILT);
        file("demo/target/built", BUILT);
        script("jdk/bin/java", "echo '    java.specification.version = 17'", "printf '%s\\n' \"$*\" >> \"$HOME/java\"");
        script("jdk/bin/javac", "exit 1");
        script("mvnw", "printf '%s\\n' \"$*\" >> \"$HOME/maven\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "status", "--help", "therapist"})
    void no_command_but_demo_carries_the_demo(String command) throws Exception {
        run(command, "--data", "demo");

        assertThat(called("maven")).isEmpty();
        assertThat(started()).contains("org.therapost.server.Therapost " + command);
        assertThat(classPath()).containsExactly("therapost-server.jar", "library-1.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "demo"})
    void nobody_asks_a_running_server_for_what_is_in_its_memory(String command) throws Exception {
        run(command);

        assertThat(started())
                .contains("-XX:+DisableAttachMechanism")
                .contains("-XX:-HeapDumpOnOutOfMemoryError")
                .contains("-XX:-CreateCoredumpOnCrash");
    }

    @Test
    void the_demo_runs_behind_what_the_server_runs_with() throws Exception {
        run("demo", "--once");

        assertThat(called("maven")).isEmpty();
        assertThat(started()).contains("org.therapost.demo.Main demo --once");
        assertThat(classPath()).containsExactly("therapost-server.jar", "library-1.jar", "therapost-demo.jar");
    }

    @Test
    void a_change_of_the_demo_is_built_for_the_demo_only() throws Exception {
        file("demo/src/main/java/Any.java", CHANGED);

        run("start");
        assertThat(called("maven")).isEmpty();

        run("demo");
        assertThat(called("maven")).hasSize(1).first().asString().contains("-pl demo -am package");
    }

    @ParameterizedTest
    @ValueSource(strings = {"domain", "openpgp", "storage", "mailets", "protocols", "server"})
    void a_change_of_the_product_is_built_for_the_demo_too(String module) throws Exception {
        file(module + "/src/main/java/Any.java", CHANGED);

        run("demo");
        assertThat(called("maven")).hasSize(1).first().asString().contains("-pl demo -am package");

        // That has built the server as well.
        run("status");
        assertThat(called("maven")).hasSize(1);
    }

    @Test
    void a_built_server_does_not_make_a_built_demo() throws Exception {
        Files.delete(home.resolve("demo/target/therapost-demo.jar"));

        run("demo");

        assertThat(called("maven")).hasSize(1).first().asString().contains("-pl demo -am package");
    }

    @Test
    void an_installation_without_the_demo_leaves_the_answer_to_the_server() throws Exception {
        Files.move(home.resolve("demo"), home.resolve("elsewhere"));

        run("demo", "--once");

        assertThat(called("maven")).isEmpty();
        assertThat(started()).contains("org.therapost.server.Therapost demo --once");
        assertThat(classPath()).containsExactly("therapost-server.jar", "library-1.jar");
    }

    @Test
    void what_the_server_runs_with_are_no_tools_of_tests_and_no_demo() {
        assertThat(List.of(System.getProperty("runtime.class.path", "").split(File.pathSeparator)))
                .map(library -> Path.of(library).getFileName().toString())
                .anyMatch(name -> name.startsWith("picocli"))
                .noneMatch(name ->
                        name.matches(".*(greenmail|junit|hamcrest|assertj|archunit|jqwik|mockito|therapost-demo).*"));
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder launcher = new ProcessBuilder(
                Stream.concat(Stream.of(home.resolve("therapost").toString()), Arrays.stream(arguments))
                        .toList());
        launcher.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        launcher.environment().put("HOME", home.toString());
        Path said = home.resolve("said");
        launcher.redirectErrorStream(true).redirectOutput(said.toFile());
        assertThat(launcher.start().waitFor()).as("%s", said).isZero();
    }

    /** How the last Java was started. */
    private String started() throws IOException {
        List<String> calls = called("java");
        return calls.get(calls.size() - 1);
    }

    private List<String> classPath() throws IOException {
        String all = started().replaceAll(".* -cp (\\S+) .*", "$1");
        return Arrays.stream(all.split(File.pathSeparator))
                .map(library -> Path.of(library).getFileName().toString())
                .collect(Collectors.toList());
    }

    private List<String> called(String program) throws IOException {
        Path calls = home.resolve(program);
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private void file(String name, Instant changed) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        // The launcher looks at folders as well: a file that is gone is a change.
        Path relative = Path.of(name);
        for (int names = relative.getNameCount(); names > 0; names--) {
            Files.setLastModifiedTime(home.resolve(relative.subpath(0, names)), FileTime.from(changed));
        }
    }

    private void script(String name, String... lines) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
        executable(file);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path repository() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("therapost"))) {
            here = Optional.ofNullable(here.getParent())
                    .orElseThrow(() -> new IllegalStateException("the launcher is in no folder above"));
        }
        return here;
    }
}
