package org.therapost.server;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** No package knows, directly or through others, a package that knows it; in all modules that ship. */
@AnalyzeClasses(
        packages = "org.therapost",
        importOptions = {
            ImportOption.DoNotIncludeTests.class,
            ModuleRulesTest.NoTestJars.class,
            PackageRulesTest.NothingGenerated.class
        })
class PackageRulesTest {

    /** jOOQ's tables and records know each other. */
    static final class NothingGenerated implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/storage/generated/");
        }
    }

    @ArchTest
    static final ArchRule PACKAGES_MAKE_NO_CIRCLE =
            slices().matching("org.therapost.(**)").should().beFreeOfCycles();
}
