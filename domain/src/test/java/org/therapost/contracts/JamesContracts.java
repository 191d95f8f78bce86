package org.therapost.contracts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints, at the end of a module's tests, how many methods of James's published contracts have passed as they are, contract by
 * contract, and how many stand here as a method of our own; {@code docs/decisions/0006} names those with the reason. The
 * same is written to {@code target/james-contracts-N.txt} for the summary of the whole build, where N is the number of the
 * process: several run tests of one module side by side.
 */
public final class JamesContracts implements TestExecutionListener {

    private static final String JAMES = "org.apache.james.";
    private static final Path REPORT = Path.of("target", "james-contracts-" + System.getProperty("fork", "1") + ".txt");

    private final Map<String, Integer> passed = new TreeMap<>();
    private int replaced;
    private int skipped;

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (!test.isTest()) {
            return;
        }
        Optional<Method> method = method(test);
        if (method.isEmpty()) {
            return;
        }
        if (isJames(method.get().getDeclaringClass())) {
            if (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                passed.merge(method.get().getDeclaringClass().getSimpleName(), 1, Integer::sum);
            } else if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
                skipped++;
            }
        } else if (overridesJames(method.get())) {
            replaced++;
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        if (passed.isEmpty() && replaced == 0) {
            return;
        }
        StringBuilder report = new StringBuilder();
        passed.forEach((contract, count) -> report.append(String.format("  %-44s %5d%n", contract, count)));
        String total = String.format(
                "James contracts: %d ran, %d replaced and %d skipped by their own guards (docs/decisions/0006)%n",
                passed.values().stream().mapToInt(Integer::intValue).sum(), replaced, skipped);
        System.out.print(report + total);
        try {
            Files.writeString(REPORT, report + total);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static Optional<Method> method(TestIdentifier test) {
        return test.getSource().filter(MethodSource.class::isInstance).map(source -> ((MethodSource) source)
                .getJavaMethod());
    }

    /** From James's jars: a test of our own may stand in a package of theirs. */
    private static boolean isJames(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return type.getName().startsWith(JAMES)
                && source != null
                && source.getLocation().getPath().endsWith(".jar");
    }

    private static boolean overridesJames(Method method) {
        Deque<Class<?>> above = new ArrayDeque<>(parents(method.getDeclaringClass()));
        while (!above.isEmpty()) {
            Class<?> type = above.pop();
            if (isJames(type)
                    && Arrays.stream(type.getDeclaredMethods())
                            .anyMatch(theirs -> theirs.getName().equals(method.getName())
                                    && Arrays.equals(theirs.getParameterTypes(), method.getParameterTypes()))) {
                return true;
            }
            above.addAll(parents(type));
        }
        return false;
    }

    private static Deque<Class<?>> parents(Class<?> type) {
        Deque<Class<?>> parents = new ArrayDeque<>(Arrays.asList(type.getInterfaces()));
        if (type.getSuperclass() != null) {
            parents.add(type.getSuperclass());
        }
        return parents;
    }
}
