package org.therapost.server.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of the pipelines that could let mail slip is refused, with its line and what to do. */
class PipelineRulesTest {

    private static final Path SHIPPED = Path.of("../config/mailetcontainer.xml");

    private static void check(String xml) throws PipelineException {
        new PipelineRules(PipelineFile.read("mailetcontainer.xml", new ByteArrayInputStream(xml.getBytes(UTF_8))))
                .processors();
    }

    @Test
    void the_shipped_file_is_the_built_in_one_and_keeps_the_rules() throws Exception {
        assertThat(Processors.read(Optional.of(SHIPPED)).of("inbound").children())
                .hasSize(5);
        assertThat(Processors.read(Optional.empty()).of("outbound").children()).hasSize(5);
        try (var packaged = PipelineFile.class.getResourceAsStream(PipelineFile.NAME)) {
            assertThat(packaged).hasSameContentAs(Files.newInputStream(SHIPPED));
        }
    }

    @Test
    void the_filters_that_it_shows_in_comments_keep_the_rules_too() throws Exception {
        String xml = Files.readString(SHIPPED)
                .replaceAll("<!-- Filters: [^<]*", "")
                .replaceAll("(?s)(<processor state=\"inbound\">.*?)-->(.*?)-->", "$1$2");

        assertThat(xml).contains("ScanForMalware").contains("MarkSpam");
        check(xml);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<mailet match=\"All\" class=\"File\"/>||the step File is missing",
                "<mailet match=\"All\" class=\"AdmitEnrolled\"/>||here AdmitEnrolled must come",
                "<mailet match=\"All\" class=\"AuthenticateSender\"/>||here AuthenticateSender must come",
                "<mailet match=\"All\" class=\"Seal\"/>|<mailet class=\"SetMimeHeader\"/>|a filter stands after AdmitEnrolled",
                "class=\"Seal\"|class=\"File\"|here Seal must come",
                "match=\"All\" class=\"Seal\"|match=\"SizeGreaterThan=1k\" class=\"Seal\"|takes every mail",
                "match=\"All\" class=\"AdmitEnrolled\"|notmatch=\"All\" class=\"AdmitEnrolled\"|takes every mail",
                "<mailet match=\"All\" class=\"Carry\"/>|<mailet class=\"Null\"/>|exactly one mailet",
                "<mailet match=\"All\" class=\"KeepSealed\"/>||exactly one mailet",
                "state=\"outbound\"|state=\"transport\"|there are four processors",
                "state=\"outbound\"|state=\"inbound\"|a second one",
                "class=\"EnforceAgreedTimes\"|class=\"SetMimeHeader\" allow-rewrite=\"perhaps\"|allow-rewrite is true or false",
                "<mailet match=\"All\" class=\"EnforceAgreedTimes\"/>|<mailet class=\"X\"><onMailetException>ignore</onMailetException></mailet>|try again (451)",
                "<mailet match=\"All\" class=\"EnforceAgreedTimes\"/>|<mailet match=\"All\"/>|the attribute class is missing",
                "</mailetcontainer>||no well-formed XML",
                "<mailetcontainer>|<!DOCTYPE x SYSTEM 'file:///etc/passwd'><mailetcontainer>&x;|no well-formed XML",
            })
    void a_file_that_breaks_a_rule_is_refused_with_its_line(String part, String instead, String complaint)
            throws IOException {
        String shipped = Files.readString(SHIPPED);
        int from = shipped.indexOf("<mailetcontainer>");
        String xml = shipped.substring(0, from)
                + shipped.substring(from)
                        .replaceFirst(
                                java.util.regex.Pattern.quote(part),
                                Optional.ofNullable(instead).orElse(""));

        assertThat(xml).isNotEqualTo(shipped);
        assertThatThrownBy(() -> check(xml))
                .isInstanceOf(PipelineException.class)
                .hasMessageMatching("(?s)mailetcontainer\\.xml, line [0-9]+.*")
                .hasMessageContaining(complaint);
    }

    @Test
    void a_file_that_is_missing_is_refused_by_its_name(@TempDir Path folder) {
        assertThatThrownBy(() -> Processors.read(Optional.of(folder.resolve("mailetcontainer.xml"))))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining(folder.resolve("mailetcontainer.xml").toString())
                .hasMessageContaining("Put back the file");
    }

    @Test
    void jars_that_anybody_may_change_are_refused(@TempDir Path folder) throws Exception {
        Path jar = Files.createFile(folder.resolve("filter.jar"));
        Files.setPosixFilePermissions(jar, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--rw-"));

        assertThatThrownBy(() -> Extensions.open(folder))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("chmod o-w " + jar);
    }
}
