package org.therapost.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;

/** The rules of the modules: which may know which. */
@AnalyzeClasses(
        packages = "org.therapost",
        importOptions = {ImportOption.DoNotIncludeTests.class, ModuleRulesTest.NoTestJars.class})
class ModuleRulesTest {

    /** Other modules' tests come as jars or as folders whose classes ArchUnit does not know from the real ones. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar") && !location.contains("/test-classes");
        }
    }

    @ArchTest
    static final ArchRule DOMAIN_KNOWS_THE_JDK_AND_NOTHING_ELSE = classes()
            .that()
            .resideInAPackage("org.therapost.domain..")
            .and()
            .resideOutsideOfPackage("org.therapost.domain.addresses")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.therapost.domain..", "java..", "javax.crypto..", "org.jspecify..");

    @ArchTest
    static final ArchRule ADDRESSES_KNOW_IDNA_AND_NO_OTHER_PART_OF_THE_DOMAIN = classes()
            .that()
            .resideInAPackage("org.therapost.domain.addresses")
            .should()
            .onlyDependOnClassesThat()
            .haveNameMatching(
                    "(org\\.therapost\\.domain\\.addresses|java|org\\.jspecify)\\..*|com\\.ibm\\.icu\\.text\\.IDNA(\\$.*)?|char\\[\\]|byte\\[\\]|\\[.*");

    @ArchTest
    static final ArchRule OPENPGP_KNOWS_NO_OTHER_ADAPTER = noClasses()
            .that()
            .resideInAPackage("org.therapost.openpgp..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.therapost.storage..",
                    "org.therapost.mailets..",
                    "org.therapost.protocols..",
                    "org.therapost.server..",
                    "org.apache.james..",
                    "org.jooq..");

    @ArchTest
    static final ArchRule STORAGE_KNOWS_NO_OTHER_ADAPTER = noClasses()
            .that()
            .resideInAPackage("org.therapost.storage..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.therapost.openpgp..",
                    "org.therapost.mailets..",
                    "org.therapost.protocols..",
                    "org.therapost.server..",
                    "org.bouncycastle..",
                    // All of James is on its class path; these parts are not its matter.
                    "org.apache.james.dnsservice.dnsjava..",
                    "org.apache.james.imap..",
                    "org.apache.james.imapserver..",
                    "org.apache.james.jdkim..",
                    "org.apache.james.jspf..",
                    "org.apache.james.mailetcontainer..",
                    "org.apache.james.protocols..",
                    "org.apache.james.smtpserver..",
                    "org.apache.james.transport..",
                    "org.apache.mailet.base..",
                    "io.netty..");

    @ArchTest
    static final ArchRule MAILETS_KNOW_NO_OTHER_ADAPTER = noClasses()
            .that()
            .resideInAPackage("org.therapost.mailets..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.therapost.openpgp..",
                    "org.therapost.storage..",
                    "org.therapost.protocols..",
                    "org.therapost.server..",
                    "org.jooq..",
                    // As above.
                    "org.apache.james.imap..",
                    "org.apache.james.imapserver..",
                    "org.apache.james.mailbox..",
                    "org.apache.james.mailetcontainer..",
                    "org.apache.james.mailrepository..",
                    "org.apache.james.protocols..",
                    "org.apache.james.smtpserver..",
                    "org.apache.james.transport..",
                    "io.netty..");

    @ArchTest
    static final ArchRule PROTOCOLS_KNOW_NO_OTHER_ADAPTER = noClasses()
            .that()
            .resideInAPackage("org.therapost.protocols..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.therapost.openpgp..",
                    "org.therapost.storage..",
                    "org.therapost.mailets..",
                    "org.therapost.server..",
                    "org.bouncycastle..",
                    "com.google.inject..",
                    "org.jooq..",
                    // As above.
                    "org.apache.james.dnsservice.dnsjava..",
                    "org.apache.james.jdkim..",
                    "org.apache.james.jspf..",
                    "org.apache.james.mailetcontainer..",
                    "org.apache.james.mailrepository..",
                    "org.apache.james.transport..",
                    "org.apache.mailet..");

    @ArchTest
    static final ArchRule ONLY_THE_SERVER_MAKES_CLOCKS = noClasses()
            .that()
            .resideOutsideOfPackages("org.therapost.server..", "org.therapost.bench..")
            .should()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(java.time.Instant.class, "now");
}
