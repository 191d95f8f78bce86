package org.therapost.mailets.authentication;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.therapost.mailets.dns.Dns;
import org.therapost.mailets.dns.TestDns;
import org.therapost.mailets.mime.MailReader;

/** Senders as the server makes them, with the shipped public suffix list. */
public final class TestSenders {

    /** The list that is shipped. */
    public static final PublicSuffixes SUFFIXES = suffixes();

    private TestSenders() {}

    public static DmarcSenders of(TestDns records) {
        return of(records, TrustedNetworks.NONE, Clock.systemUTC());
    }

    public static DmarcSenders of(TestDns records, TrustedNetworks trusted, Clock clock) {
        return new DmarcSenders(
                Dns.of(List.of(records.address())), new MailReader(), trusted, SUFFIXES, clock, new SenderChecks());
    }

    private static PublicSuffixes suffixes() {
        try {
            return PublicSuffixes.of(Path.of("..", "config", PublicSuffixes.FILE));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
