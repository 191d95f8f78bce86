package org.therapost.server.demo;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.therapost.server.Addresses;

/** What somebody needs to go on where the play ends: with a mail program, and as the operator. */
public final class Settings {

    private final Addresses server;
    private final Practice practice;
    private final Outside outside;
    private final Path data;

    Settings(Addresses server, Practice practice, Outside outside, Path data) {
        this.server = server;
        this.practice = practice;
        this.outside = outside;
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
                        practice.password(),
                        doors(server.imaps(), server.imap()),
                        doors(server.submissions(), server.submission()),
                        practice.aliceThread(),
                        practice.brunoThread(),
                        outside.providerA().settings(),
                        outside.providerB().settings(),
                        data);
    }

    private static String doors(InetSocketAddress tls, InetSocketAddress startTls) {
        return "localhost, port " + tls.getPort() + ", TLS (or port " + startTls.getPort() + ", STARTTLS)";
    }
}
