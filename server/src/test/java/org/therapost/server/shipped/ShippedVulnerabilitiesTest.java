package org.therapost.server.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The libraries that this build ships, against the dated file in {@code .ci/vulnerabilities}: no network is asked. */
@Tag("integration")
class ShippedVulnerabilitiesTest {

    @Test
    void no_library_is_shipped_with_a_known_hole_unless_that_is_accepted_with_a_reason_and_a_last_day()
            throws IOException {
        BillOfMaterials bom = BillOfMaterials.read();
        Vulnerabilities known = Vulnerabilities.read(Repository.root().resolve(Vulnerabilities.FOLDER));
        // The age is told and decides nothing: what was green stays green.
        System.out.printf(
                "Vulnerabilities: %d libraries, %d advisories of %s (%d days ago), %d hits, %d accepted%n",
                bom.components().size(),
                known.advisories().size(),
                known.date(),
                ChronoUnit.DAYS.between(known.date(), LocalDate.now(ZoneOffset.UTC)),
                known.hits(bom).size(),
                known.accepted().size());

        assertThat(bom.components()).hasSizeGreaterThan(100);
        assertThat(known.advisories()).hasSizeGreaterThan(50);
        assertThat(known.complaints(bom)).isEmpty();
    }
}
