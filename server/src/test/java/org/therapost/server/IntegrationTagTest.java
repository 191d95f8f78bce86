package org.therapost.server;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/**
 * Tests that start servers carry the tag "integration": Failsafe runs them, after everything else, and Surefire runs the rest
 * (docs/decisions/0041).
 */
class IntegrationTagTest {

    /** Who starts a server, in this process or in one of its own. */
    private static final Set<String> STARTERS =
            Set.of("TherapostServer", "ServerProcess", "Practice", "AssembledTherapost", "AssembledHost", "StockJames");

    private final List<JavaClass> classes = List.copyOf(new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages("org.therapost.server"));

    @Test
    void a_test_that_starts_a_server_is_tagged() {
        Set<String> tests = testsThat(IntegrationTagTest::startsAServer);
        assertThat(tests).hasSizeGreaterThan(40);
        assertThat(tests)
                .as("tests that start servers without @Tag(\"integration\")")
                .isSubsetOf(testsThat(IntegrationTagTest::isTagged));
    }

    private Set<String> testsThat(java.util.function.Predicate<JavaClass> wanted) {
        return classes.stream()
                .filter(type -> hasTests(type) && wanted.test(type))
                .map(type -> outermost(type).getName())
                .collect(toCollection(TreeSet::new));
    }

    private static boolean hasTests(JavaClass type) {
        return type.getMethods().stream().anyMatch(method -> method.isMetaAnnotatedWith(Testable.class));
    }

    /** The class itself, or what it is written in. */
    private static boolean startsAServer(JavaClass type) {
        return outermost(type).getDirectDependenciesFromSelf().stream()
                        .map(Dependency::getTargetClass)
                        .anyMatch(IntegrationTagTest::isStarter)
                || type.getDirectDependenciesFromSelf().stream()
                        .map(Dependency::getTargetClass)
                        .anyMatch(IntegrationTagTest::isStarter);
    }

    private static boolean isStarter(JavaClass type) {
        return type.getPackageName().startsWith("org.therapost.server") && STARTERS.contains(type.getSimpleName());
    }

    private static boolean isTagged(JavaClass type) {
        return java.util.Arrays.stream(outermost(type).reflect().getAnnotationsByType(Tag.class))
                .anyMatch(tag -> tag.value().equals("integration"));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(IntegrationTagTest::outermost).orElse(type);
    }
}
