package org.therapost.mailets.relay;

import com.google.common.net.InetAddresses;
import com.google.common.util.concurrent.Striped;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.carriage.Relay;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.exchangers.MailExchangers;
import org.therapost.domain.exchangers.NextHop;
import org.therapost.mailets.dns.Dns;
import org.therapost.mailets.dns.DnsAnswer;

/**
 * Delivers over SMTP (RFC 5321 section 5.1): to the smarthost, or to the mail exchangers of the client's domain in their
 * order until one of them has a final answer, or may have one.
 */
public final class SmtpRelay implements Relay {

    private static final int HOSTS = 10;
    private static final int DOMAINS = 256;
    // Half of those that the spool makes at a time: a provider that hangs does not hold up all others.
    private static final int ATTEMPTS_AT_A_DOMAIN = 4;
    private static final Duration AT_THE_DOOR = Duration.ofSeconds(5);
    private static final String CONGESTED = "4.4.5";
    private static final String NO_SUCH_DOMAIN = "5.1.2";
    private static final String NULL_MX = "5.1.10";
    private static final String DNS_AWAY = "4.4.3";
    private static final String NO_ROUTE = "4.4.4";
    private static final String OUR_SYSTEM = "4.3.0";
    // RFC 8461 names no status; RFC 3463 section 3.8: the way is not as safe as it has to be.
    private static final String AGAINST_POLICY = "4.7.5";

    private static final Attempt NOT_TRIED = new Attempt.Deferred(NO_ROUTE);

    private final RelayParameters parameters;
    private final Dns dns;
    private final NextHop.Decision nextHop;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "relay-deadline");
        thread.setDaemon(true);
        return thread;
    });
    // Domains that share one by chance only wait for each other a little.
    private final Striped<Semaphore> doors = Striped.semaphore(DOMAINS, ATTEMPTS_AT_A_DOMAIN);

    /** @param nextHop decides where mail by {@code tls} may go */
    public SmtpRelay(RelayParameters parameters, Dns dns, NextHop.Decision nextHop) {
        this.parameters = parameters;
        this.dns = dns;
        this.nextHop = nextHop;
    }

    @Override
    public Attempt deliver(Parcel parcel, LastLook lastLook) {
        if (parcel.carriage() == Carriage.WAIT) {
            throw new IllegalArgumentException("a parcel that waits must not travel");
        }
        if (parameters.smarthost().isPresent()) {
            HostAndPort smarthost = parameters.smarthost().get();
            return deliver(attempt(parcel, lastLook), List.of(smarthost.host()), smarthost.port());
        }
        Semaphore door = doors.get(parcel.recipient().domain());
        try {
            if (!door.tryAcquire(AT_THE_DOOR.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Attempt.Deferred(CONGESTED);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Attempt.Deferred(CONGESTED);
        }
        try {
            return deliverByExchangers(parcel, lastLook);
        } finally {
            door.release();
        }
    }

    private SmtpAttempt attempt(Parcel parcel, LastLook lastLook) {
        return new SmtpAttempt(
                parameters,
                parcel,
                lastLook,
                new AttemptDeadline(clock, parameters.patience().overall()));
    }

    private Attempt deliverByExchangers(Parcel parcel, LastLook lastLook) {
        String domain = parcel.recipient().domain();
        DnsAnswer<String> exchangers = dns.exchangers(domain);
        if (exchangers instanceof DnsAnswer.CannotTell) {
            return new Attempt.Deferred(DNS_AWAY);
        }
        if (exchangers instanceof DnsAnswer.Found<String> found) {
            // RFC 7505: "." says that the domain takes no mail; beside others it means nothing.
            List<String> hosts =
                    found.records().stream().filter(host -> !host.isEmpty()).toList();
            return hosts.isEmpty() ? new Attempt.Refused(NULL_MX) : deliverTo(hosts, parcel, lastLook);
        }
        return deliverWithoutExchanger(parcel, lastLook);
    }

    /** RFC 5321 section 5.1: without MX records the domain's own addresses count. */
    private Attempt deliverWithoutExchanger(Parcel parcel, LastLook lastLook) {
        String domain = parcel.recipient().domain();
        if (dns.ipv4(domain) instanceof DnsAnswer.Absent && dns.ipv6(domain) instanceof DnsAnswer.Absent) {
            return new Attempt.Refused(NO_SUCH_DOMAIN);
        }
        return deliverTo(List.of(domain), parcel, lastLook);
    }

    /** To the exchangers that DNS names; if the content is readable to whoever takes it, to those among them that are known. */
    private Attempt deliverTo(List<String> exchangers, Parcel parcel, LastLook lastLook) {
        if (parcel.carriage() == Carriage.OPENPGP) {
            return deliver(attempt(parcel, lastLook), exchangers, parameters.port());
        }
        NextHop hop;
        try {
            hop = nextHop.of(
                    parcel.thread(), MailExchangers.of(parcel.recipient().domain(), exchangers));
        } catch (CannotTellException silent) {
            return new Attempt.Deferred(OUR_SYSTEM);
        }
        if (hop instanceof NextHop.Unknown unknown) {
            return new Attempt.NewServers(unknown.exchangers());
        }
        if (hop instanceof NextHop.AgainstPolicy) {
            return new Attempt.Deferred(AGAINST_POLICY);
        }
        NextHop.Hosts known = (NextHop.Hosts) hop;
        List<String> hosts = exchangers.stream().filter(known::include).toList();
        return deliver(attempt(parcel, lastLook), hosts, parameters.port());
    }

    private Attempt deliver(SmtpAttempt attempt, List<String> hosts, int port) {
        List<Attempt> met = new ArrayList<>();
        for (String host : hosts.subList(0, Math.min(HOSTS, hosts.size()))) {
            List<InetAddress> addresses = addresses(host);
            if (addresses.isEmpty()) {
                met.add(NOT_TRIED);
            }
            for (InetAddress address : addresses) {
                Attempt one = attempt.deliver(address, port);
                // RFC 1047: what may have arrived is not handed to a second host, which would make two of it for sure.
                if (attempt.lost() || !(one instanceof Attempt.Deferred || attempt.turnedAway())) {
                    return one;
                }
                met.add(one);
                if (attempt.late()) {
                    // Those that were not asked may take it another time.
                    return attempt.turnedAway() ? NOT_TRIED : together(met);
                }
            }
        }
        return together(met);
    }

    private static Attempt together(List<Attempt> met) {
        return met.stream().reduce(SmtpRelay::together).orElse(NOT_TRIED);
    }

    /**
     * What two hosts of one domain say together. That one of them put off this very message says most; and a host that wants
     * no mail from us speaks for the domain only if no other one may take it later.
     */
    private static Attempt together(Attempt before, Attempt one) {
        if (before instanceof Attempt.Deferred deferred && (deferred.ofItself() || one instanceof Attempt.Refused)) {
            return before;
        }
        return one;
    }

    private List<InetAddress> addresses(String host) {
        if (InetAddresses.isInetAddress(host)) {
            return List.of(InetAddresses.forString(host));
        }
        List<InetAddress> all = new ArrayList<>();
        if (dns.ipv4(host) instanceof DnsAnswer.Found<InetAddress> found) {
            all.addAll(found.records());
        }
        if (dns.ipv6(host) instanceof DnsAnswer.Found<InetAddress> found) {
            all.addAll(found.records());
        }
        return all;
    }
}
