package org.therapost.server.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.therapost.server.shipped.BillOfMaterials.Component;

/** How the check decides, on advisories and libraries that are made up here. */
class VulnerabilitiesTest {

    private static final String ADVISORY = """
        {"id": "GHSA-0000", "aliases": ["CVE-2026-0001"], "affected": [
          {"package": {"ecosystem": "npm", "name": "org.example:parser"}, "ranges": [
            {"type": "SEMVER", "events": [{"introduced": "0"}]}]},
          {"package": {"ecosystem": "Maven", "name": "org.example:parser"}, "ranges": [
            {"type": "ECOSYSTEM", "events": [{"fixed": "1.4.10"}, {"introduced": "1.2"}]},
            {"type": "ECOSYSTEM", "events": [{"introduced": "2.0.0"}, {"last_affected": "2.1.Final"},
              {"last_affected": "3"}, {"introduced": "3"}]}],
           "versions": ["0.9-beta"]}]}\
        """;

    @TempDir
    private Path folder = Path.of("unset");

    @ParameterizedTest
    @CsvSource({
        "1.1.9, false",
        "1.2, true",
        "1.4.9, true",
        "1.4.10, false",
        "1.4.10-rc1, true",
        "1.9, false",
        "2.0.0, true",
        "2.1.Final, true",
        "2.1.1, false",
        "3, true",
        "3.1, false",
        "0.9-beta, true",
        "0.9, false"
    })
    void a_version_is_affected_as_maven_orders_versions(String version, boolean affected) throws IOException {
        accept();
        assertThat(known("2026-11-29").hits(shipped("parser", version))).hasSize(affected ? 1 : 0);
    }

    @Test
    void a_known_hole_fails_the_build_and_the_complaint_names_it() throws IOException {
        accept();
        assertThat(known("2026-11-29").complaints(shipped("parser", "1.3")))
                .singleElement()
                .asString()
                .contains("org.example:parser 1.3", "CVE-2026-0001", "GHSA-0000", "accepted.json");
        assertThat(known("2026-11-29").complaints(shipped("parser", "1.5"))).isEmpty();
    }

    @Test
    void an_accepted_hole_passes_until_a_file_of_a_later_day() throws IOException {
        accept("CVE-2026-0001", "org.example:parser", "No text of strangers reaches the parser.", "2026-12-31");
        assertThat(known("2026-12-31").complaints(shipped("parser", "1.3"))).isEmpty();
        assertThat(known("2027-01-01").complaints(shipped("parser", "1.3")))
                .singleElement()
                .asString()
                .contains("was accepted until 2026-12-31");
    }

    @Test
    void an_acceptance_needs_a_reason_an_end_that_is_near_and_a_hole() throws IOException {
        accept("GHSA-0000", "org.example:parser", "harmless", "2026-12-31");
        assertThat(known("2026-11-29").complaints(shipped("parser", "1.3")))
                .singleElement()
                .asString()
                .contains("without a reason");
        accept("GHSA-0000", "org.example:parser", "No text of strangers reaches the parser.", "2027-12-31");
        assertThat(known("2026-11-29").complaints(shipped("parser", "1.3")))
                .singleElement()
                .asString()
                .contains("more than 6 months");
        accept("GHSA-0000", "org.example:parser", "No text of strangers reaches the parser.", "2026-12-31");
        assertThat(known("2026-11-29").complaints(shipped("parser", "1.5")))
                .singleElement()
                .asString()
                .contains("not there");
    }

    @Test
    void an_acceptance_for_one_library_is_none_for_another() throws IOException {
        accept("GHSA-0000", "org.example:writer", "No text of strangers reaches the parser.", "2026-12-31");
        assertThat(known("2026-11-29").complaints(shipped("parser", "1.3")))
                .hasSize(2)
                .anyMatch(complaint -> complaint.startsWith("org.example:parser 1.3"));
    }

    @Test
    void a_library_that_nobody_looked_up_fails_the_build() throws IOException {
        accept();
        assertThat(known("2026-11-29").complaints(shipped("newcomer", "1.0")))
                .singleElement()
                .asString()
                .contains("org.example:newcomer", "not looked up on 2026-11-29");
    }

    @Test
    void two_dated_files_or_none_say_nothing() throws IOException {
        accept();
        assertThatThrownBy(() -> Vulnerabilities.read(folder)).isInstanceOf(IOException.class);
        known("2026-11-29");
        Files.copy(folder.resolve("2026-11-29.json"), folder.resolve("2026-11-30.json"));
        assertThatThrownBy(() -> Vulnerabilities.read(folder)).isInstanceOf(IOException.class);
    }

    private Vulnerabilities known(String date) throws IOException {
        for (String other : List.of("2026-11-29.json", "2026-12-31.json", "2027-01-01.json")) {
            Files.deleteIfExists(folder.resolve(other));
        }
        Files.writeString(
                folder.resolve(date + ".json"),
                "{\"lookedUp\": [\"org.example:parser\"], \"advisories\": [" + ADVISORY + "]}");
        return Vulnerabilities.read(folder);
    }

    private void accept(String... acceptance) throws IOException {
        Files.writeString(
                folder.resolve("accepted.json"),
                acceptance.length == 0
                        ? "[]"
                        : String.format(
                                "[{\"id\": \"%s\", \"artifact\": \"%s\", \"reason\": \"%s\", \"until\": \"%s\"}]",
                                (Object[]) acceptance));
    }

    private static BillOfMaterials shipped(String artifact, String version) {
        return new BillOfMaterials(
                List.of(new Component("org.example:" + artifact, version, artifact + ".jar", List.of("MIT"))));
    }
}
