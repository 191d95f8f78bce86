package org.therapost.server;

import java.util.List;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.carriage.ReleaseWaiting;
import org.therapost.domain.clientkeys.ClientKeyRing;
import org.therapost.domain.clientkeys.ClientKeys;
import org.therapost.domain.clientkeys.ComparisonPhrase;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.sealing.keys.OpenPgpKeys;
import org.therapost.openpgp.BouncyCastleKeys;

/** Clients' keys for tests that begin with one; how therapists confirm one is what {@code ClientKeysTest} shows. */
public final class TestClientKeys {

    private TestClientKeys() {}

    /** The therapist has compared the key that waits in a thread, on a server in this process. */
    public static void confirm(TestTherapists.Server server, String thread) throws Exception {
        ClientThread confirmed =
                ((Destination.ToThread) server.part(Directory.class).resolve(EmailAddress.of(thread))).thread();
        server.part(ClientKeys.class).change(confirmed.id(), (keys, now) -> {
            ClientKeyRing ring = new ClientKeyRing(keys, server.part(OpenPgpKeys.class));
            String fingerprint = ring.fingerprint(ring.target().orElseThrow());
            return new ClientKeys.Change(ring.confirmed(fingerprint, now).ring().keys(), List.of());
        });
        server.part(ReleaseWaiting.class).releaseIfAny(confirmed.id());
    }

    /** The words of two certificates. */
    public static String phrase(byte[] threads, byte[] clients) {
        BouncyCastleKeys keys = new BouncyCastleKeys(java.time.Clock.systemUTC());
        return ComparisonPhrase.of(fingerprint(keys, threads), fingerprint(keys, clients))
                .text();
    }

    private static String fingerprint(BouncyCastleKeys keys, byte[] certificate) {
        return keys.fingerprint(keys.read(certificate).toOptional().orElseThrow());
    }
}
