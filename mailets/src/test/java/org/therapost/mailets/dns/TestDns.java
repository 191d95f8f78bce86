package org.therapost.mailets.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/**
 * A name server for tests, on a loopback UDP port. It knows what it was told and denies everything else; it can also
 * fail or keep silent. Records live one second, so that a later word counts soon.
 */
public final class TestDns implements AutoCloseable {

    private static final int TTL = 1;
    private static final int STRING = 255;

    private final DatagramSocket socket;
    private final Map<Name, List<Record>> records = new ConcurrentHashMap<>();
    private final Set<Name> failing = ConcurrentHashMap.newKeySet();
    private final Set<Name> silent = ConcurrentHashMap.newKeySet();
    private final Map<Name, Duration> slow = new ConcurrentHashMap<>();

    private TestDns(DatagramSocket socket) {
        this.socket = socket;
    }

    /** Starts one on a free port. */
    public static TestDns start() throws IOException {
        TestDns dns = new TestDns(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        Thread thread = new Thread(dns::serve, "test-dns");
        thread.setDaemon(true);
        thread.start();
        return dns;
    }

    /** Where it listens, for {@code dns.servers}. */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Adds a TXT record of any length. */
    public TestDns txt(String name, String text) {
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < text.length(); i += STRING) {
            strings.add(text.substring(i, Math.min(text.length(), i + STRING)));
        }
        return add(new TXTRecord(name(name), DClass.IN, TTL, strings));
    }

    /** Adds an A or AAAA record. */
    public TestDns address(String name, String ip) {
        InetAddress address = ip(ip);
        return add(
                address.getAddress().length == 4
                        ? new ARecord(name(name), DClass.IN, TTL, address)
                        : new AAAARecord(name(name), DClass.IN, TTL, address));
    }

    /** Adds an MX record; the target "." says that the domain takes no mail. */
    public TestDns mx(String name, int preference, String target) {
        return add(new MXRecord(name(name), DClass.IN, TTL, preference, name(target)));
    }

    /** Adds a PTR record for an address. */
    public TestDns ptr(String ip, String target) {
        return add(new PTRRecord(ReverseMap.fromAddress(ip(ip)), DClass.IN, TTL, name(target)));
    }

    /** Answers SERVFAIL for this name from now on. */
    public TestDns failing(String name) {
        failing.add(name(name));
        return this;
    }

    /** Does not answer for this name from now on. */
    public TestDns silent(String name) {
        silent.add(name(name));
        return this;
    }

    /** Answers questions about names below this one late from now on. */
    public TestDns slow(String domain, Duration delay) {
        slow.put(name(domain), delay);
        return this;
    }

    /** Forgets all about this name, failures too. */
    public TestDns forget(String name) {
        records.remove(name(name));
        failing.remove(name(name));
        silent.remove(name(name));
        return this;
    }

    @Override
    public void close() {
        socket.close();
    }

    private TestDns add(Record record) {
        records.computeIfAbsent(record.getName(), name -> new CopyOnWriteArrayList<>())
                .add(record);
        return this;
    }

    private void serve() {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                answer(packet);
            } catch (IOException closedOrGarbled) {
                // The loop ends when the socket is closed; garbled questions get no answer.
            }
        }
    }

    private void answer(DatagramPacket packet) throws IOException {
        byte[] octets = new byte[packet.getLength()];
        System.arraycopy(packet.getData(), packet.getOffset(), octets, 0, octets.length);
        Message question = new Message(octets);
        Record asked = question.getQuestion();
        Name name = name(asked.getName().toString());
        if (silent.contains(name)) {
            return;
        }
        Message answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.AA);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(asked, Section.QUESTION);
        if (failing.contains(name)) {
            answer.getHeader().setRcode(Rcode.SERVFAIL);
        } else {
            fill(answer, name, asked.getType());
        }
        byte[] wire = answer.toWire();
        SocketAddress asking = packet.getSocketAddress();
        long delay = slow.entrySet().stream()
                .filter(entry -> name.subdomain(entry.getKey()))
                .mapToLong(entry -> entry.getValue().toMillis())
                .max()
                .orElse(0);
        if (delay == 0) {
            send(wire, asking);
        } else {
            CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS).execute(() -> send(wire, asking));
        }
    }

    private void send(byte[] wire, SocketAddress asking) {
        try {
            socket.send(new DatagramPacket(wire, wire.length, asking));
        } catch (IOException closed) {
            // Nobody is asking any more.
        }
    }

    private void fill(Message answer, Name name, int type) {
        List<Record> known = records.getOrDefault(name, List.of());
        known.stream()
                .filter(record -> record.getType() == type)
                .forEach(record -> answer.addRecord(record, Section.ANSWER));
        if (known.isEmpty()) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        if (answer.getSection(Section.ANSWER).isEmpty()) {
            answer.addRecord(
                    new SOARecord(Name.root, DClass.IN, TTL, name("ns.test"), name("root.test"), 1, TTL, TTL, TTL, TTL),
                    Section.AUTHORITY);
        }
    }

    private static Name name(String text) {
        try {
            return Name.fromString(text.toLowerCase(Locale.ROOT), Name.root);
        } catch (TextParseException wrong) {
            throw new IllegalArgumentException(text, wrong);
        }
    }

    private static InetAddress ip(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }
}
