package org.therapost.server.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.access.PasswordGuessLimit;
import org.therapost.domain.access.TooManyGuessesException;
import org.therapost.domain.addresses.Ascii;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.protocols.limits.NetworkBlock;

/**
 * Guesses as tokens in buckets. A bucket has three sizes at once, so that the wait grows with what was guessed and
 * shrinks with time: the first failures are free, then one guess is allowed in ten seconds, after three times as many one
 * in a minute, after ten times as many one in a quarter of an hour, unless other times are asked for.
 *
 * <ul>
 *   <li>An account from a network: nobody locks a therapist out from somewhere else.
 *   <li>A network, over all accounts, ten times as wide: few passwords tried on many accounts.
 *   <li>An account from all networks where it never logged in, ten times as wide: many networks trying one account. This
 *       one is of one size and delays each guess once, so that a therapist who travels gets in.
 * </ul>
 */
public final class BucketPasswordGuessLimit implements PasswordGuessLimit {

    private static final Logger AUDIT = LoggerFactory.getLogger("audit");
    private static final int WIDER = 10;
    private static final int REMEMBERED = 100_000;
    private static final int PSEUDONYM = 8;
    private static final Duration IN_DOUBT = Duration.ofMillis(100);

    private final int free;
    private final Duration delay;
    private final Duration longestWait;
    private final ServerKey serverKey;
    private final TimeMeter time;
    private final Cache<Place, Tokens> places;
    private final Cache<NetworkBlock, Tokens> networks;
    private final Cache<String, Tokens> accounts;
    private final Cache<Place, Boolean> homes;

    /** An account from a network. */
    private record Place(String login, NetworkBlock network) {}

    /** A bucket, and how many of its tokens were taken by guesses that nobody has judged yet. */
    private static final class Tokens {

        private final Bucket bucket;
        private int inDoubt;

        Tokens(Bucket bucket) {
            this.bucket = bucket;
        }

        /** A practice's programs come all at once: who finds no token while guesses are in doubt waits for those. */
        Duration untilNext() {
            Duration wait = Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
            return inDoubt > 0 ? shorter(wait, IN_DOUBT) : wait;
        }

        boolean take() {
            boolean taken = bucket.tryConsume(1);
            inDoubt += taken ? 1 : 0;
            return taken;
        }

        Tokens forgetJudged() {
            bucket.reset();
            if (inDoubt > 0) {
                bucket.consumeIgnoringRateLimits(inDoubt);
            }
            return this;
        }

        void stays() {
            inDoubt--;
        }

        void comesBack() {
            inDoubt--;
            bucket.addTokens(1);
        }
    }

    /**
     * Begins with a clean slate.
     *
     * @param free failures of an account from a network that cost no wait
     * @param delay the first wait after those
     * @param longestWait beyond it a guess is refused instead of put off
     * @param serverKey makes the pseudonyms of the audit log
     */
    public BucketPasswordGuessLimit(int free, Duration delay, Duration longestWait, ServerKey serverKey, Clock clock) {
        this.free = free;
        this.delay = delay;
        this.longestWait = longestWait;
        this.serverKey = serverKey;
        this.time = new ClockMeter(clock);
        this.places = cache(Duration.ofDays(2));
        this.networks = cache(Duration.ofDays(2));
        this.accounts = cache(Duration.ofDays(2));
        this.homes = cache(Duration.ofDays(60));
    }

    private <K, V> Cache<K, V> cache(Duration unused) {
        return Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterAccess(unused)
                .ticker(time::currentTimeNanos)
                .build();
    }

    @Override
    public synchronized Guess begin(String login, InetAddress from, Turn turn) throws CannotTellException {
        Place place = new Place(Ascii.lowerCase(login), NetworkBlock.around(from));
        Tokens here = places.get(place, any -> new Tokens(growing(free)));
        Tokens network = networks.get(place.network(), any -> new Tokens(growing(free * WIDER)));
        Duration wait = longer(here.untilNext(), network.untilNext());
        if (homes.getIfPresent(place) != null) {
            return granted(place, wait, List.of(here, network));
        }
        Tokens account = accounts.get(place.login(), any -> new Tokens(steady(free * WIDER)));
        Duration softly = turn == Turn.AFTER_A_DELAY ? Duration.ZERO : shorter(account.untilNext(), longestWait);
        return granted(place, longer(wait, softly), List.of(here, network, account));
    }

    private Guess granted(Place place, Duration wait, List<Tokens> buckets) throws CannotTellException {
        if (wait.compareTo(longestWait) > 0) {
            AUDIT.info(
                    "refused step=LOGIN reason=TOO_MANY_GUESSES account={} network={}",
                    account(place),
                    place.network());
            throw new CannotTellException("too many wrong passwords");
        }
        if (!wait.isZero()) {
            throw new TooManyGuessesException(wait, wait.compareTo(IN_DOUBT) > 0);
        }
        return new Counted(place, buckets.stream().filter(Tokens::take).toList());
    }

    private Bucket growing(int failures) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(failures).refillGreedy(1, delay))
                .addLimit(limit -> limit.capacity(3L * failures).refillGreedy(1, delay.multipliedBy(6)))
                .addLimit(limit -> limit.capacity(10L * failures).refillGreedy(1, delay.multipliedBy(90)))
                .withCustomTimePrecision(time)
                .build();
    }

    private Bucket steady(int failures) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(failures).refillGreedy(1, delay))
                .withCustomTimePrecision(time)
                .build();
    }

    private static Duration shorter(Duration one, Duration other) {
        return Stream.of(one, other).min(Duration::compareTo).orElseThrow();
    }

    private static Duration longer(Duration one, Duration other) {
        return Stream.of(one, other).max(Duration::compareTo).orElseThrow();
    }

    /** Who knows a login and has the server key finds it in the log; nobody else does. */
    private String account(Place place) {
        return HexFormat.of().formatHex(serverKey.pseudonym(place.login(), SealingPurpose.LOGIN_AUDIT), 0, PSEUDONYM);
    }

    private final class Counted implements Guess {

        private final Place place;
        private final List<Tokens> taken;

        Counted(Place place, List<Tokens> taken) {
            this.place = place;
            this.taken = taken;
        }

        @Override
        public void right() {
            synchronized (BucketPasswordGuessLimit.this) {
                taken.forEach(Tokens::comesBack);
                // Wrong guesses of before are forgotten; those in doubt stay counted.
                places.asMap().computeIfPresent(place, (any, here) -> here.forgetJudged());
                homes.put(place, true);
            }
        }

        @Override
        public void wrong() {
            synchronized (BucketPasswordGuessLimit.this) {
                taken.forEach(Tokens::stays);
            }
            AUDIT.info(
                    "refused step=LOGIN reason=WRONG_PASSWORD account={} network={}", account(place), place.network());
        }

        @Override
        public void undecided() {
            synchronized (BucketPasswordGuessLimit.this) {
                taken.forEach(Tokens::comesBack);
            }
        }
    }

    private static final class ClockMeter implements TimeMeter {

        private final Clock clock;

        ClockMeter(Clock clock) {
            this.clock = clock;
        }

        @Override
        public long currentTimeNanos() {
            return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
