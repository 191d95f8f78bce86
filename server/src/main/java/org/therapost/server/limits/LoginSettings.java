package org.therapost.server.limits;

import java.time.Duration;
import java.util.Optional;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * How many passwords can be tried, and how many at the same time.
 *
 * @param failures wrong passwords for an account from a network that cost no delay
 * @param delay the first delay after those
 * @param longestWait how long a login is held back at most; what would have to wait longer is refused for now
 * @param hashes passwords that are hashed at the same time; empty to fit the machine
 * @param waiting logins that may wait for their password to be hashed
 */
public record LoginSettings(int failures, Duration delay, Duration longestWait, Optional<Integer> hashes, int waiting) {

    public static final Setting<Integer> FAILURES = Setting.of("login.failures", "5", ValueKind.number(1, 1000), """
        Wrong passwords for one account from one network (IPv4: /24, IPv6: /64) that cause no delay. Each further \
        login from there waits login.delay; after three times as many within a short time six times as long; after \
        ten times as many ninety times as long (a quarter of an hour). Other networks are not affected. A network \
        may have ten times as many wrong passwords over all accounts.
        """);

    public static final Setting<Duration> DELAY =
            Setting.of("login.delay", "10 s", ValueKind.time(Duration.ofSeconds(1), Duration.ofMinutes(1)));

    public static final Setting<Duration> LONGEST_WAIT =
            Setting.of("login.longest-wait", "30 s", ValueKind.time(Duration.ZERO, Duration.ofMinutes(5)), """
                How long a login is delayed at most. A login that would have to wait longer is refused for now, and its \
                password is not looked at.
                """);

    public static final Setting<Optional<Integer>> HASHES =
            Setting.of("login.hashes", "", ValueKind.number(1, 64).orNothing(), """
                Passwords that are hashed at the same time (64 MiB each). Empty: one for each processor, in a quarter of \
                the memory. What one costs was measured at the first start (the file argon2id in the data folder).
                """);

    public static final Setting<Integer> WAITING = Setting.of("login.waiting", "500", ValueKind.number(0, 1000), """
        Logins that may wait to be hashed, in the order in which they came. A login that finds the queue full is \
        told to come again. Logins of one account with one password that come at the same time are hashed once, \
        and count once here.
        """);

    /** The section "Logins". */
    public static final SettingsSection<LoginSettings> SECTION = SettingsSection.of(
            LoginSettings.class,
            "Logins",
            values -> new LoginSettings(
                    values.get(FAILURES),
                    values.get(DELAY),
                    values.get(LONGEST_WAIT),
                    values.get(HASHES),
                    values.get(WAITING)),
            FAILURES,
            DELAY,
            LONGEST_WAIT,
            HASHES,
            WAITING);
}
