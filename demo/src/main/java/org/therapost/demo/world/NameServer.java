package org.therapost.demo.world;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** The demo's whole DNS, on a UDP port of loopback: it knows what was published and denies everything else. */
public final class NameServer implements AutoCloseable {

    private static final int TTL = 1;
    private static final int LARGEST_QUESTION = 4096;
    // RFC 1035 section 3.3.14: one string of a TXT record.
    private static final int STRING = 255;

    private final DatagramSocket socket;
    private final Map<Name, List<Record>> zone = new ConcurrentHashMap<>();

    private NameServer(DatagramSocket socket) {
        this.socket = socket;
    }

    /** Answers on a free port from now on. */
    static NameServer start() throws IOException {
        NameServer server =
                new NameServer(new DatagramSocket(new InetSocketAddress(InetAddresses.forString("127.0.0.1"), 0)));
        Thread thread = new Thread(server::serve, "demo-name-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /**
     * Publishes a record.
     *
     * @param type such as {@code TXT}
     * @param value as in a zone file; of a TXT record the bare text
     */
    public NameServer publish(String name, String type, String value) throws IOException {
        Name owner = name(name);
        Record record = type.equals("TXT")
                ? new TXTRecord(owner, DClass.IN, TTL, strings(value))
                : Record.fromString(owner, Type.value(type), DClass.IN, TTL, value, Name.root);
        zone.computeIfAbsent(owner, none -> new CopyOnWriteArrayList<>()).add(record);
        return this;
    }

    private static List<String> strings(String text) {
        List<String> strings = new ArrayList<>();
        for (int from = 0; from < text.length(); from += STRING) {
            strings.add(text.substring(from, Math.min(text.length(), from + STRING)));
        }
        return strings;
    }

    private void serve() {
        byte[] buffer = new byte[LARGEST_QUESTION];
        while (!socket.isClosed()) {
            serveOne(new DatagramPacket(buffer, buffer.length));
        }
    }

    private void serveOne(DatagramPacket question) {
        try {
            socket.receive(question);
            byte[] answer = answer(new Message(Arrays.copyOf(question.getData(), question.getLength())));
            socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
        } catch (IOException closedOrGarbled) {
            // A closed socket ends the loop; garbled questions get no answer.
            return;
        }
    }

    private byte[] answer(Message question) throws IOException {
        Record asked = question.getQuestion();
        List<Record> known = zone.getOrDefault(name(asked.getName().toString()), List.of());
        Message answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.AA);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(asked, Section.QUESTION);
        known.stream()
                .filter(record -> record.getType() == asked.getType())
                .forEach(record -> answer.addRecord(record, Section.ANSWER));
        if (known.isEmpty()) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        if (answer.getSection(Section.ANSWER).isEmpty()) {
            // RFC 2308 section 3: a "no" without SOA could not be remembered.
            answer.addRecord(
                    new SOARecord(Name.root, DClass.IN, TTL, name("ns"), name("root"), 1, TTL, TTL, TTL, TTL),
                    Section.AUTHORITY);
        }
        return answer.toWire();
    }

    private static Name name(String text) throws TextParseException {
        return Name.fromString(text.toLowerCase(Locale.ROOT), Name.root);
    }

    @Override
    public void close() {
        socket.close();
    }
}
