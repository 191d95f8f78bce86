import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs tests at one instant and in one zone after the other, in one virtual machine: what it has compiled once it needs not
 * compile again. Started by {@code .ci/calendar-days}, under libfaketime.
 */
public final class CalendarDays {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long STARTED = System.nanoTime();
    // The offset is none yet.
    private static final Instant REALLY = Instant.now();

    /**
     * @param args where libfaketime reads the offset, a pattern of test classes, the test folders (joined by ':'), and what to
     *     run: {@code instant=zone} each
     */
    public static void main(String[] args) throws Exception {
        Path clock = Path.of(args[0]);
        Set<Path> roots = new HashSet<>();
        Arrays.stream(args[2].split(":")).map(Path::of).forEach(roots::add);
        Launcher launcher = LauncherFactory.create();
        long failed = 0;
        for (String arg : List.of(args).subList(3, args.length)) {
            Instant instant = Instant.parse(arg.substring(0, arg.indexOf('=')));
            ZoneId zone = ZoneId.of(arg.substring(arg.indexOf('=') + 1));
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            set(clock, instant);
            failed += run(launcher, roots, args[1], instant + " " + zone);
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    /** Sets the clock, and waits until the virtual machine sees it: a run at another time would prove nothing. */
    private static void set(Path clock, Instant instant) throws Exception {
        long nanos = System.nanoTime();
        Instant really = REALLY.plusNanos(nanos - STARTED);
        long offset = Duration.between(really, instant).toSeconds();
        Files.writeString(clock, (offset < 0 ? "" : "+") + offset + "s\n");
        while (Duration.between(instant, Instant.now()).abs().compareTo(Duration.ofSeconds(5)) > 0) {
            if (System.nanoTime() - nanos > PATIENCE.toNanos()) {
                throw new IllegalStateException("the clock says " + Instant.now() + " and not " + instant);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static long run(Launcher launcher, Set<Path> roots, String pattern, String when) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        long before = System.nanoTime();
        launcher.execute(
                request()
                        .selectors(selectClasspathRoots(roots))
                        .filters(ClassNameFilter.includeClassNamePatterns(pattern), TagFilter.excludeTags("peers"))
                        // The properties try many dates of their own in ./mvnw verify.
                        .filters(EngineFilter.includeEngines("junit-jupiter"))
                        .build(),
                listener);
        TestExecutionSummary summary = listener.getSummary();
        long failed = summary.getTestsFailedCount() + summary.getContainersFailedCount();
        System.out.printf(
                "%s: %d passed, %d failed, %d skipped in %d s%n",
                when,
                summary.getTestsSucceededCount(),
                failed,
                summary.getTestsSkippedCount() + summary.getTestsAbortedCount(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before));
        summary.printFailuresTo(new PrintWriter(System.out, true), 15);
        // No test found proves nothing.
        return failed == 0 && summary.getTestsSucceededCount() == 0 ? 1 : failed;
    }
}
