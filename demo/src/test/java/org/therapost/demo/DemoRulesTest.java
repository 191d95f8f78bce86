package org.therapost.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The demo may know the product. The product knows neither the demo nor the tools that play the world outside. */
@AnalyzeClasses(
        packages = "org.therapost",
        importOptions = {ImportOption.DoNotIncludeTests.class, DemoRulesTest.NoTests.class})
class DemoRulesTest {

    /** Other modules' tests come as jars or as folders whose classes ArchUnit does not know from the real ones. */
    static final class NoTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar") && !location.contains("/test-classes");
        }
    }

    @ArchTest
    static final ArchRule NO_PART_OF_THE_PRODUCT_KNOWS_THE_DEMO = noClasses()
            .that()
            .resideOutsideOfPackage("org.therapost.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.therapost.demo..", "com.icegreen..", "junit..", "org.junit..", "org.hamcrest..");

    @ArchTest
    static final ArchRule THE_WORLD_OUTSIDE_DOES_NOT_KNOW_THE_STORY = noClasses()
            .that()
            .resideInAPackage("org.therapost.demo.world..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.therapost.demo");
}
