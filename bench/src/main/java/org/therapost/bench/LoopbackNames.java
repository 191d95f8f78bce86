package org.therapost.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** A name server for the clients' provider: mail of {@code client.example} comes from this machine, all else is forged. */
final class LoopbackNames implements AutoCloseable {

    private static final int HOUR = 3_600;

    private final DatagramSocket socket;

    private LoopbackNames(DatagramSocket socket) {
        this.socket = socket;
    }

    static LoopbackNames start() throws IOException {
        LoopbackNames names = new LoopbackNames(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
        Thread thread = new Thread(names::answerAll, "loopback-names");
        thread.setDaemon(true);
        thread.start();
        return names;
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
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
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException("The name server of the benchmark stopped", e);
                }
            }
        }
    }

    private static Message answer(Message question) {
        Record asked = question.getQuestion();
        Message answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.AA);
        answer.addRecord(asked, Section.QUESTION);
        String text = policy(asked.getName());
        if (text.isEmpty()) {
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
}
