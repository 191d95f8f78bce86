package org.therapost.server.administration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.util.Modules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.server.TestServer;
import org.therapost.server.commandline.Commands;
import org.therapost.server.process.TherapostServer;

/** Mallory has an account on the server's machine, and the administration port listens on loopback. */
@Tag("integration")
@TestInstance(Lifecycle.PER_CLASS)
class HalfOpenRequestsTest {

    private static final int MANY = 300;

    private final List<Socket> held = new ArrayList<>();
    private Path data;
    private TherapostServer server;
    private InetSocketAddress port;
    private String token;

    @BeforeAll
    void a_server_runs(@TempDir Path folder) throws Exception {
        data = folder.resolve("data");
        server = TestServer.start(folder, Modules.EMPTY_MODULE);
        port = new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                server.addresses().administration().getPort());
        token = Files.readString(data.resolve("admin.token"));
    }

    @AfterAll
    void it_stops() {
        server.close();
    }

    @AfterEach
    void mallory_gives_up() throws IOException {
        for (Socket socket : held) {
            socket.close();
        }
        held.clear();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(port, 5000);
        socket.setSoTimeout(60_000);
        return socket;
    }

    private Socket send(String octets) throws IOException {
        Socket socket = connect();
        socket.getOutputStream().write(octets.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    private String ask(String octets) throws IOException {
        try (Socket socket = send(octets)) {
            return answer(socket);
        }
    }

    private static String answer(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketException reset) {
            // What was not read when it closed is answered with a reset, after the reply.
        }
        return all.toString(US_ASCII);
    }

    private String get(String path, String... fields) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("", fields) + "\r\n");
    }

    private String bearer() {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private void everythingAnswers() throws IOException {
        assertThat(get("/health/live")).startsWith("HTTP/1.1 200").contains("live");
        assertThat(get("/health/ready")).startsWith("HTTP/1.1 ").contains("troubles");
        assertThat(metrics()).startsWith("HTTP/1.1 200").contains("therapost_");
        assertThat(commandLine("practice", "list")).isZero();
    }

    /** Requests that came whole are worked on, some at a time; who comes meanwhile is told to come again (RFC 9110 section 15.6.4). */
    private String metrics() throws IOException {
        String reply = get("/metrics", bearer());
        for (int attempt = 0; attempt < MANY && reply.startsWith("HTTP/1.1 503"); attempt++) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            reply = get("/metrics", bearer());
        }
        return reply;
    }

    private int commandLine(String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--data", data.toString()));
        PrintStream out = System.out;
        try {
            System.setOut(new PrintStream(new ByteArrayOutputStream()));
            return Commands.commandLine()
                    .setOut(new PrintWriter(new StringWriter()))
                    .execute(arguments.toArray(String[]::new));
        } finally {
            System.setOut(out);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /health",
                "GET /health/live HTTP/1.1\r\n",
                "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: a",
                "POST /clients HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n",
                "POST /clients HTTP/1.1\r\nHost: localhost\r\nTOKENContent-Length: 1000\r\n\r\n{",
                "POST /clients HTTP/1.1\r\nHost: localhost\r\nTOKENTransfer-Encoding: chunked\r\n\r\n5\r\n{",
                "PUT /x HTTP/1.1\r\nHost: localhost\r\nTOKENExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n"
            })
    void however_many_requests_stay_half_open_health_metrics_and_the_command_line_answer(String begun)
            throws Exception {
        for (int i = 0; i < MANY; i++) {
            held.add(send(begun.replace("TOKEN", bearer())));
        }
        everythingAnswers();
    }

    @Test
    void replies_that_nobody_takes_hold_nobody_up() throws Exception {
        for (int i = 0; i < MANY; i++) {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(1024);
            socket.connect(port, 5000);
            socket.getOutputStream()
                    .write(("GET /metrics HTTP/1.1\r\nHost: localhost\r\n" + bearer() + "\r\n").getBytes(US_ASCII));
            held.add(socket);
        }
        everythingAnswers();
    }

    @Test
    void a_request_that_drips_has_one_deadline_that_no_octet_puts_off() throws Exception {
        Socket slow = send("GET /health/live HTTP/1.1\r\nX: ");
        held.add(slow);
        slow.setSoTimeout(1);
        long begun = System.nanoTime();
        long most = AdministrationServer.TO_COME.plusSeconds(60).toNanos();
        boolean ended = false;
        while (!ended && System.nanoTime() - begun < most) {
            try {
                slow.getOutputStream().write('a');
                Thread.sleep(250);
                ended = slow.getInputStream().read() < 0;
            } catch (java.net.SocketTimeoutException open) {
                ended = false;
            } catch (IOException closed) {
                ended = true;
            }
        }
        assertThat(ended).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "431, 'GET /health/live HTTP/1.1\r\nX: %s\r\n\r\n'",
        "414, 'GET /%s HTTP/1.1\r\n\r\n'",
        "400, 'GET /%%zz HTTP/1.1\r\n\r\n'",
        "401, 'POST /clients HTTP/1.1\r\nContent-Length: 2000000000\r\n\r\n%s'"
    })
    void what_is_too_large_or_no_request_is_refused_without_being_kept(int status, String request) throws Exception {
        assertThat(ask(String.format(request, "a".repeat(20_000)))).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void a_body_over_the_limit_is_refused_even_with_the_token() throws Exception {
        assertThat(ask("POST /clients HTTP/1.1\r\n" + bearer() + "Content-Length: 1048577\r\n\r\n"
                        + "a".repeat(1_048_577)))
                .startsWith("HTTP/1.1 413");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "\"text\"", "null", "{", "3", "{\"therapist\": {}}", "\u0000"})
    void a_body_that_is_no_json_object_is_bad_input(String body) throws Exception {
        assertThat(ask("POST /clients HTTP/1.1\r\n" + bearer() + "Content-Length: " + body.length() + "\r\n\r\n"
                        + body))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("Exception");
    }

    @Test
    void two_requests_in_one_packet_get_one_answer_and_the_end() throws Exception {
        assertThat(ask("GET /health/live HTTP/1.1\r\n\r\nGET /health/live HTTP/1.1\r\n\r\n"))
                .containsOnlyOnce("HTTP/1.1 200");
    }
}
