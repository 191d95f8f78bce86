package org.therapost.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The client side of IMAP (RFC 3501), octet by octet. Text is ISO-8859-1 throughout, so that no octet is lost. */
public final class RawImap implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final Pattern LITERAL = Pattern.compile(".*\\{(\\d+)\\}\\r\\n", Pattern.DOTALL);

    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private int tag;

    /**
     * One line of an answer with the literals in it.
     *
     * @param text the line, each literal still announced by <code>{n}</code> but cut out
     */
    public record Line(String text, List<byte[]> literals) {

        /** The first literal. */
        public byte[] literal() {
            assertThat(literals).as(text).isNotEmpty();
            return literals.get(0);
        }

        /** The number after a word, as in {@code RFC822.SIZE 42}. */
        public long number(String word) {
            Matcher number = Pattern.compile(Pattern.quote(word) + " (\\d+)").matcher(text);
            assertThat(number.find()).as(word + " in " + text).isTrue();
            return Long.parseLong(number.group(1));
        }
    }

    /**
     * What came of one command.
     *
     * @param completion the tagged line without its tag
     */
    public record Answer(List<Line> untagged, String completion) {

        /** All that was said, literals left out. */
        public String text() {
            StringBuilder text = new StringBuilder();
            untagged.forEach(line -> text.append(line.text()).append('\n'));
            return text.append(completion).toString();
        }

        /** The first untagged line with this word in it. */
        public Line with(String word) {
            Optional<Line> found =
                    untagged.stream().filter(line -> line.text().contains(word)).findFirst();
            assertThat(found).as(word + " in\n" + text()).isPresent();
            return found.orElseThrow();
        }

        /** The untagged lines of FETCH. */
        public List<Line> fetched() {
            return untagged.stream()
                    .filter(line -> line.text().matches("(?s)\\* \\d+ FETCH .*"))
                    .toList();
        }
    }

    private RawImap(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        out = socket.getOutputStream();
    }

    /** Takes a connection and waits for the greeting. */
    public static RawImap connect(Socket socket) throws IOException {
        RawImap imap = new RawImap(socket);
        assertThat(imap.line().text()).startsWith("* OK");
        return imap;
    }

    /** Sends a command, whatever its completion. */
    public Answer command(String command) throws IOException {
        String name = "t" + ++tag;
        send(name + " " + command + "\r\n");
        return answer(name);
    }

    /** Sends a command that must succeed. */
    public Answer ok(String command) throws IOException {
        Answer answer = command(command);
        assertThat(answer.completion()).as(command).startsWith("OK");
        return answer;
    }

    /** Sends a command that ends in a literal, waiting for leave to send it. */
    public Answer withLiteral(String command, byte[] literal, String rest) throws IOException {
        String name = "t" + ++tag;
        send(name + " " + command + " {" + literal.length + "}\r\n");
        Line line = line();
        while (line.text().startsWith("* ")) {
            line = line();
        }
        if (!line.text().startsWith("+")) {
            return new Answer(List.of(), line.text().substring(name.length() + 1));
        }
        out.write(literal);
        send(rest + "\r\n");
        return answer(name);
    }

    /** APPENDs a message, which must succeed. */
    public Answer append(String folder, String flags, byte[] message) throws IOException {
        Answer answer = withLiteral("APPEND " + quoted(folder) + " (" + flags + ")", message, "");
        assertThat(answer.completion()).as("APPEND").startsWith("OK");
        return answer;
    }

    public RawImap login(String user, String password) throws IOException {
        ok("LOGIN " + quoted(user) + " " + quoted(password));
        return this;
    }

    /** The numbers that a SEARCH finds. */
    public List<Long> search(String criteria) throws IOException {
        String found = ok("UID SEARCH " + criteria).with("* SEARCH").text();
        List<Long> uids = new ArrayList<>();
        Matcher number = Pattern.compile("\\d+").matcher(found);
        while (number.find()) {
            uids.add(Long.parseLong(number.group()));
        }
        return uids;
    }

    /** Begins IDLE. */
    public RawImap idle() throws IOException {
        String name = "t" + ++tag;
        send(name + " IDLE\r\n");
        assertThat(line().text()).startsWith("+");
        return this;
    }

    /** Ends IDLE. */
    public Answer done() throws IOException {
        send("DONE\r\n");
        return answer("t" + tag);
    }

    /** Starts TLS. */
    public RawImap startTls() throws IOException {
        ok("STARTTLS");
        socket = Tls.over(socket);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        out = socket.getOutputStream();
        return this;
    }

    /** Sends text as it is. */
    public void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private Answer answer(String name) throws IOException {
        List<Line> untagged = new ArrayList<>();
        while (true) {
            Line line = line();
            if (line.text().startsWith(name + " ")) {
                return new Answer(untagged, line.text().substring(name.length() + 1));
            }
            untagged.add(line);
        }
    }

    /** The next line, with its literals. */
    public Line line() throws IOException {
        StringBuilder text = new StringBuilder();
        List<byte[]> literals = new ArrayList<>();
        while (true) {
            String part = part();
            text.append(part);
            Matcher literal = LITERAL.matcher(part);
            if (!literal.matches()) {
                return new Line(text.toString().stripTrailing(), literals);
            }
            literals.add(in.readNBytes(Integer.parseInt(literal.group(1))));
        }
    }

    /** The next line as it is. */
    public String rawLine() throws IOException {
        return part();
    }

    private String part() throws IOException {
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        int octet;
        do {
            octet = in.read();
            if (octet < 0) {
                throw new EOFException("the server has closed the connection");
            }
            part.write(octet);
        } while (octet != '\n');
        return part.toString(StandardCharsets.ISO_8859_1);
    }

    public static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
