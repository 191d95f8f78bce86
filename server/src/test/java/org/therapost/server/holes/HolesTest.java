package org.therapost.server.holes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.domain.settings.Setting;
import org.therapost.protocols.imap.ImapSettings;
import org.therapost.protocols.smtp.SmtpSettings;
import org.therapost.server.limits.LoginSettings;

/** The holes of stock James 3.8.1 are closed here, and open there. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HolesTest {

    private AssembledTherapost therapost;
    private StockJames james;

    @BeforeAll
    void both_servers(@TempDir Path ours, @TempDir Path theirs) throws Exception {
        therapost = AssembledTherapost.start(ours, SETTINGS);
        james = StockJames.start(theirs);
    }

    /** Small, so that a probe reaches them soon. */
    private static final Map<Setting<?>, String> SETTINGS = Map.of(
            LoginSettings.FAILURES, "3",
            LoginSettings.LONGEST_WAIT, "0",
            SmtpSettings.CONNECTIONS_PER_ADDRESS, "40",
            ImapSettings.CONNECTIONS_PER_ADDRESS, "40");

    @AfterAll
    void both_stop() {
        therapost.close();
        james.close();
    }

    @TestFactory
    Stream<DynamicTest> a_hole_of_stock_james_is_closed_here() {
        return tests(holes(), probe -> probe.check().on(therapost));
    }

    @TestFactory
    Stream<DynamicTest> what_stock_james_does_well_is_not_lost_here() {
        List<Probe> guards = Stream.of(ImapProbes.guards(), SmtpProbes.guards(), MailProbes.guards())
                .flatMap(List::stream)
                .toList();
        return tests(guards, probe -> probe.check().on(therapost));
    }

    @TestFactory
    Stream<DynamicTest> the_same_hole_is_open_in_stock_james() {
        return tests(holes(), probe -> assertThatThrownBy(() -> probe.check().on(james))
                .isInstanceOf(AssertionError.class));
    }

    private static List<Probe> holes() {
        return Stream.of(ImapProbes.holes(), SmtpProbes.holes(), MailProbes.holes())
                .flatMap(List::stream)
                .toList();
    }

    /** What is to be shown of a probe. */
    @FunctionalInterface
    private interface Showing {
        void of(Probe probe) throws Exception;
    }

    private static Stream<DynamicTest> tests(List<Probe> probes, Showing showing) {
        return probes.stream().map(probe -> DynamicTest.dynamicTest(probe.sentence(), () -> showing.of(probe)));
    }
}
