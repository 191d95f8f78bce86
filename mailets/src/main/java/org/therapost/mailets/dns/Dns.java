package org.therapost.mailets.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Looks names up, with a cache that honours the records' times to live. */
public final class Dns {

    private static final Duration ONE_SERVER = Duration.ofSeconds(2);
    private static final Duration ALL_SERVERS = Duration.ofSeconds(5);

    // Strangers choose what is looked up: 2,000 answers of the largest size are 128 MB, typical ones half a megabyte.
    private static final int CACHED = 2000;
    private static final int LONGEST_KEPT = 86_400;
    private static final int LONGEST_ABSENT = 300;

    private final Resolver resolver;
    private final Cache cache;

    private Dns(Resolver resolver) {
        this(resolver, new Cache(DClass.IN));
        resolver.setTimeout(ALL_SERVERS);
        cache.setMaxEntries(CACHED);
        cache.setMaxCache(LONGEST_KEPT);
        cache.setMaxNCache(LONGEST_ABSENT);
    }

    private Dns(Resolver resolver, Cache cache) {
        this.resolver = resolver;
        this.cache = cache;
    }

    /**
     * The same, but what was not answered by then cannot be told.
     *
     * @param until as {@link System#nanoTime} counts
     */
    public Dns until(long until) {
        return new Dns(new TimedResolver(resolver, until), cache);
    }

    /** Asks these servers, in this order; with none given those of the operating system. */
    public static Dns of(List<InetSocketAddress> servers) {
        if (servers.isEmpty()) {
            return new Dns(new ExtendedResolver());
        }
        List<Resolver> each = new ArrayList<>();
        for (InetSocketAddress server : servers) {
            SimpleResolver one = new SimpleResolver(server);
            one.setTimeout(ONE_SERVER);
            each.add(one);
        }
        ExtendedResolver all = new ExtendedResolver(each);
        all.setRetries(2);
        return new Dns(all);
    }

    /** Texts of the TXT records; the strings of one record are joined without space (RFC 7208 section 3.3). */
    public DnsAnswer<String> texts(String name) {
        return ask(name, Type.TXT, record -> text((TXTRecord) record));
    }

    /** IPv4 addresses; each knows {@code name} as its host name. */
    public DnsAnswer<InetAddress> ipv4(String name) {
        return ask(name, Type.A, record -> named(name, ((ARecord) record).getAddress()));
    }

    /** IPv6 addresses; each knows {@code name} as its host name. */
    public DnsAnswer<InetAddress> ipv6(String name) {
        return ask(name, Type.AAAA, record -> named(name, ((AAAARecord) record).getAddress()));
    }

    /** Mail exchangers without final dot, the most preferred first; the empty string stands for "." (RFC 7505). */
    public DnsAnswer<String> exchangers(String domain) {
        DnsAnswer<MXRecord> answer = ask(domain, Type.MX, MXRecord.class::cast);
        if (answer instanceof DnsAnswer.Found<MXRecord> found) {
            return new DnsAnswer.Found<>(found.records().stream()
                    .sorted(Comparator.comparingInt(MXRecord::getPriority))
                    .map(record -> record.getTarget().toString(true))
                    .map(name -> name.equals(".") ? "" : name)
                    .toList());
        }
        return answer instanceof DnsAnswer.Absent ? new DnsAnswer.Absent<>() : new DnsAnswer.CannotTell<>();
    }

    /** Names of an address. */
    public DnsAnswer<String> names(InetAddress address) {
        return pointers(ReverseMap.fromAddress(address).toString());
    }

    /** Targets of PTR records. */
    public DnsAnswer<String> pointers(String name) {
        return ask(name, Type.PTR, record -> ((PTRRecord) record).getTarget().toString(true));
    }

    private <T> DnsAnswer<T> ask(String name, int type, Function<Record, T> reading) {
        Optional<Name> absolute = absolute(name);
        if (absolute.isEmpty()) {
            return new DnsAnswer.Absent<>();
        }
        Lookup lookup = new Lookup(absolute.get(), type);
        lookup.setResolver(resolver);
        lookup.setCache(cache);
        lookup.setHostsFileParser(null);
        Record[] records = lookup.run();
        return switch (lookup.getResult()) {
            case Lookup.SUCCESSFUL ->
                new DnsAnswer.Found<>(List.of(records).stream().map(reading).toList());
            case Lookup.HOST_NOT_FOUND, Lookup.TYPE_NOT_FOUND -> new DnsAnswer.Absent<>();
            default -> new DnsAnswer.CannotTell<>();
        };
    }

    /** Empty for what cannot be a name at all, and so has no records. */
    private static Optional<Name> absolute(String name) {
        try {
            return Optional.of(Name.fromString(name, Name.root));
        } catch (TextParseException impossible) {
            return Optional.empty();
        }
    }

    private static String text(TXTRecord record) {
        StringBuilder joined = new StringBuilder();
        for (byte[] part : record.getStringsAsByteArrays()) {
            joined.append(new String(part, StandardCharsets.UTF_8));
        }
        return joined.toString();
    }

    private static InetAddress named(String name, InetAddress address) {
        try {
            return InetAddress.getByAddress(name, address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 octets", impossible);
        }
    }
}
