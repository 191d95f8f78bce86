package org.therapost.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.therapost.domain.sessions.step.StepBuilder;

/** Types that say at the call what is meant, in all modules that ship (ADR 45). */
@AnalyzeClasses(
        packages = "org.therapost",
        importOptions = {
            com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests.class,
            ModuleRulesTest.NoTestJars.class,
            PackageRulesTest.NothingGenerated.class
        })
class TypeRulesTest {

    private static final int COMPONENTS = 6;

    /**
     * Unchecked exceptions of ours, each with the reason why it is none that anybody decides by: a place in the code for the log,
     * a file of the operator's that keeps the server from starting, the end of a command within James's parser, which answers
     * checked exceptions itself, and a changed row within jOOQ's record mappers, which throw nothing checked.
     */
    private static final Set<String> UNCHECKED = Set.of(
            "org.therapost.protocols.smtp.handlers.AuditLog$Where",
            "org.therapost.mailets.letters.TemplateException",
            "org.therapost.protocols.imap.utf8.CommandReader$RefusedCommandException",
            "org.therapost.storage.postgres.ChangedRowException");

    @ArchTest
    static final ArchRule RECORDS_OF_MANY_PARTS_ARE_MADE_OF_PARTS_THAT_HAVE_NAMES = classes()
            .that(new DescribedPredicate<>("are records") {
                @Override
                public boolean test(JavaClass type) {
                    return type.isRecord();
                }
            })
            .should(new ArchCondition<>("have at most " + COMPONENTS + " components, or a builder") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    long components = type.getFields().stream()
                            .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                            .count();
                    boolean built = type.getMethods().stream()
                            .anyMatch(method -> method.getName().equals("builder"));
                    if (components > COMPONENTS && !built) {
                        events.add(SimpleConditionEvent.violated(
                                type, type.getName() + " has " + components + " components: make parts of them"));
                    }
                }
            });

    /** Whose yes and no still stand beside each other. */
    private static final Set<String> SEVERAL_BOOLEANS = Set.of(
            "org.therapost.domain.carriage.CarriageNote$Reported",
            "org.therapost.domain.carriage.Deferral",
            "org.therapost.domain.carriage.LeasedParcel$Delays");

    @ArchTest
    static final ArchRule ONE_YES_OR_NO_IS_NOT_TAKEN_FOR_ANOTHER = codeUnits()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage("org.therapost.domain..", "org.therapost.mailets..")
            .should(new ArchCondition<>("take at most one boolean: several are an enum, or a set of one") {
                @Override
                public void check(JavaCodeUnit called, ConditionEvents events) {
                    long booleans = called.getRawParameterTypes().stream()
                            .filter(type -> type.isEquivalentTo(boolean.class))
                            .count();
                    boolean written = !called.getModifiers().contains(JavaModifier.SYNTHETIC);
                    if (booleans > 1
                            && written
                            && !SEVERAL_BOOLEANS.contains(called.getOwner().getName())) {
                        events.add(SimpleConditionEvent.violated(
                                called, called.getFullName() + " takes " + booleans + " booleans"));
                    }
                }
            });

    /** What still takes more than six parameters: collaborators, each of a type of its own. */
    private static final Set<String> MANY_COLLABORATORS = Set.of(
            "org.therapost.domain.carriage.CarryParcel",
            "org.therapost.domain.enrolment.Enrolment",
            "org.therapost.domain.journeys.ReceiveMail",
            "org.therapost.domain.journeys.SendAnswer",
            "org.therapost.domain.office.HandleOfficeMail",
            "org.therapost.domain.sessions.mail.TherapistMail$Reader",
            "org.therapost.server.administration.routes.RecordRoutes",
            "org.therapost.server.administration.routes.StatusRoutes",
            "org.therapost.server.health.HealthWatch",
            "org.therapost.storage.james.mailbox.SealedMailboxManager");

    @ArchTest
    static final ArchRule WHAT_IS_MADE_OF_MANY_PARTS_IS_SPLIT_BY_MEANING = constructors()
            .that()
            .arePublic()
            .should(new ArchCondition<>("have at most " + COMPONENTS + " parameters") {
                @Override
                public void check(JavaConstructor constructor, ConditionEvents events) {
                    JavaClass made = constructor.getOwner();
                    int parameters = constructor.getRawParameterTypes().size();
                    if (parameters > COMPONENTS && !made.isRecord() && !MANY_COLLABORATORS.contains(made.getName())) {
                        events.add(SimpleConditionEvent.violated(
                                constructor, made.getName() + " takes " + parameters + " parameters"));
                    }
                }
            });

    @ArchTest
    static final ArchRule WHAT_IS_CLOSED_CAN_STAND_IN_A_TRY = classes()
            .that(new DescribedPredicate<>("can be closed") {
                @Override
                public boolean test(JavaClass type) {
                    return type.getMethods().stream()
                            .anyMatch(method -> method.getName().equals("close")
                                    && method.getRawParameterTypes().isEmpty()
                                    && !method.getModifiers().contains(JavaModifier.STATIC)
                                    && !method.getModifiers().contains(JavaModifier.PRIVATE));
                }
            })
            .should()
            .beAssignableTo(AutoCloseable.class);

    @ArchTest
    static final ArchRule ONLY_THE_ENGINE_WRITES_TO_A_STEP = noClasses()
            .that()
            .resideOutsideOfPackages("org.therapost.domain.sessions.engine..", "org.therapost.domain.sessions.step")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(StepBuilder.class);

    @ArchTest
    static final ArchRule NO_EXCEPTION_OF_OURS_IS_UNCHECKED = noClasses()
            .that(new DescribedPredicate<>("have no reason for it") {
                @Override
                public boolean test(JavaClass type) {
                    return !UNCHECKED.contains(type.getName());
                }
            })
            .should()
            .beAssignableTo(assignableTo(RuntimeException.class));
}
