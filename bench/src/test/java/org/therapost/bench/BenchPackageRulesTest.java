package org.therapost.bench;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The packages of the benchmark; those that ship are held to the same in {@code server}. */
@AnalyzeClasses(packages = "org.therapost.bench", importOptions = ImportOption.DoNotIncludeTests.class)
class BenchPackageRulesTest {

    @ArchTest
    static final ArchRule PACKAGES_MAKE_NO_CIRCLE =
            slices().matching("org.therapost.(**)").should().beFreeOfCycles();
}
