package org.therapost.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * A name server for the clients' provider: mail of {@code client.example} comes from this machine. For strangers there are
 * {@code slow0.example}, {@code slow1.example} and so on, whose SPF asks 110 questions, each answered late and to be asked
 * again. All else is forged.
 */
public final class LoopbackNames implements AutoCloseable {

    private static final int HOUR = 3_600;
    private static final Pattern SLOW = Pattern.compile("(|.*\\.)slow\\d+\\.example");
    private static final Pattern SLOW_HOST = Pattern.compile("h\\d\\.slow\\d+\\.example");
    private static final Pattern SLOW_EXCHANGER = Pattern.compile("mx\\d\\.h\\d\\.slow\\d+\\.example");
    private static final Pattern SLOW_DOMAIN = Pattern.compile("slow\\d+\\.example");

    private final DatagramSocket socket;
    private final Duration slowness;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();

    private LoopbackNames(DatagramSocket socket, Duration slowness) {
        this.socket = socket;
        this.slowness = slowness;
    }

    /** One that answers everything at once. */
    public static LoopbackNames start() throws IOException {
        return start(Duration.ZERO);
    }

    /** @param slowness after which the strangers' names are answered */
    public static LoopbackNames start(Duration slowness) throws IOException {
        LoopbackNames names = new LoopbackNames(new DatagramSocket(0, InetAddress.getLoopbackAddress()), slowness);
        Thread thread = new Thread(names::answerAll, "loopback-names");
        thread.setDaemon(true);
        thread.start();
        return names;
    }

    public int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        later.shutdownNow();
        socket.close();
    }

    private void answerAll() {
        byte[] buffer = new byte[4_096];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                Message question = new Message(Arrays.copyOf(buffer, packet.getLength()));
                byte[] answer = answer(question).toWire();
                DatagramPacket reply = new DatagramPacket(answer, answer.length, packet.getSocketAddress());
                if (SLOW.matcher(question.getQuestion().getName().toString(true))
                        .matches()) {
                    var unused = later.schedule(() -> sendLate(reply), slowness.toMillis(), TimeUnit.MILLISECONDS);
                } else {
                    socket.send(reply);
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException("The name server of the benchmark stopped", e);
                }
            }
        }
    }

    private void sendLate(DatagramPacket reply) {
        try {
            socket.send(reply);
        } catch (IOException gone) {
            // Who asked has given up, or the run is over.
        }
    }

    private static Message answer(Message question) throws IOException {
        Record asked = question.getQuestion();
        Message answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.AA);
        answer.addRecord(asked, Section.QUESTION);
        String text = policy(asked.getName());
        List<Record> slow = slow(asked);
        if (!slow.isEmpty()) {
            slow.forEach(record -> answer.addRecord(record, Section.ANSWER));
        } else if (text.isEmpty()) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        } else if (asked.getType() == Type.TXT) {
            answer.addRecord(new TXTRecord(asked.getName(), DClass.IN, HOUR, text), Section.ANSWER);
        }
        return answer;
    }

    private static String policy(Name name) {
        return switch (name.toString(true)) {
            case "client.example", "mx.client.example" -> "v=spf1 ip4:127.0.0.1 -all";
            case "_dmarc.client.example" -> "v=DMARC1; p=reject";
            default -> "";
        };
    }

    /** Ten hosts with ten exchangers each, whose answers nobody may keep. */
    private static List<Record> slow(Record asked) throws IOException {
        Name name = asked.getName();
        String text = name.toString(true);
        List<Record> records = new ArrayList<>();
        if (asked.getType() == Type.TXT && SLOW_DOMAIN.matcher(text).matches()) {
            StringBuilder policy = new StringBuilder("v=spf1");
            for (int i = 0; i < 10; i++) {
                policy.append(" mx:h").append(i).append('.').append(text);
            }
            records.add(new TXTRecord(name, DClass.IN, 0, policy + " -all"));
        } else if (asked.getType() == Type.MX && SLOW_HOST.matcher(text).matches()) {
            for (int i = 0; i < 10; i++) {
                records.add(new MXRecord(name, DClass.IN, 0, i, Name.fromString("mx" + i, name)));
            }
        } else if (asked.getType() == Type.A && SLOW_EXCHANGER.matcher(text).matches()) {
            records.add(new ARecord(name, DClass.IN, 0, InetAddress.getByName("192.0.2.99")));
        }
        return records;
    }
}
