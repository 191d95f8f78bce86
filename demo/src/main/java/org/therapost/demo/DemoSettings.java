package org.therapost.demo;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.therapost.demo.world.OutsideWorld;
import org.therapost.demo.world.Script;
import org.therapost.server.process.ListeningAddresses;

/** What somebody needs to go on where the play ends: with a mail program, and as the operator. */
public final class DemoSettings {

    private final ListeningAddresses server;
    private final EnrolledPractice enrolledPractice;
    private final OutsideWorld outsideWorld;
    private final Path data;

    DemoSettings(ListeningAddresses server, EnrolledPractice enrolledPractice, OutsideWorld outsideWorld, Path data) {
        this.server = server;
        this.enrolledPractice = enrolledPractice;
        this.outsideWorld = outsideWorld;
        this.data = data;
    }

    /** All of it, for a terminal. */
    public String text() {
        return """

                For a mail program, as Dr Bloom (the certificate is self-made: accept it once)

                  user      %s
                  password  %s
                  IMAP      %s
                  SMTP      %s
                  write to  %s (Alice) or %s (Bruno)

                The clients' own mailboxes

                  Alice     %s
                  Bruno     %s

                The operator's commands, such as thread list, work with --data %s
                """.formatted(
                        Script.BLOOM,
                        enrolledPractice.password(),
                        doors(server.imaps(), server.imap()),
                        doors(server.submissions(), server.submission()),
                        enrolledPractice.aliceThread(),
                        enrolledPractice.brunoThread(),
                        outsideWorld.providerA().settings(),
                        outsideWorld.providerB().settings(),
                        data);
    }

    private static String doors(InetSocketAddress tls, InetSocketAddress startTls) {
        return "localhost, port " + tls.getPort() + ", TLS (or port " + startTls.getPort() + ", STARTTLS)";
    }
}
