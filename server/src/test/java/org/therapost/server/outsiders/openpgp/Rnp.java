package org.therapost.server.outsiders.openpgp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** RNP, which is in Thunderbird, with a key ring of its own. */
public final class Rnp implements OpenPgp {

    private static final String OWN_PASSPHRASE = "rnp has no keys without";

    private final Path home;
    private String passphrase = OWN_PASSPHRASE;

    public Rnp(Path folder, String name) throws IOException {
        home = Files.createDirectories(folder.resolve(name));
    }

    @Override
    public byte[] newKey(String address) throws IOException {
        Program.ok(home, "rnpkeys", "--homedir", home, "--generate-key", "--userid", address, "--password", passphrase);
        return Program.ok(home, "rnpkeys", "--homedir", home, "--export-key", address);
    }

    @Override
    public void take(byte[] secretKey, String passphrase) throws IOException {
        Program.ok(home, "rnpkeys", "--homedir", home, "--import-keys", file(secretKey));
        if (!passphrase.isEmpty()) {
            this.passphrase = passphrase;
        }
    }

    @Override
    public byte[] open(byte[] message) throws IOException {
        return Program.ok(
                home, "rnp", "--homedir", home, "--password", passphrase, "--decrypt", "--output", "-", file(message));
    }

    @Override
    public byte[] openSigned(byte[] message, byte[] certificate) throws IOException {
        Program.ok(home, "rnpkeys", "--homedir", home, "--import-keys", file(certificate));
        List<Object> decrypt = List.of(
                "rnp", "--homedir", home, "--password", passphrase, "--decrypt", "--output", "-", file(message));
        Program.Outcome opened = Program.run(home, Map.of(), new byte[0], decrypt);
        if (opened.status() != 0 || opened.errors().split("Good signature made", -1).length != 2) {
            throw new AssertionError("not one good signature: " + opened.status() + "\n" + opened.errors());
        }
        return opened.output();
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(home, "in", ""), content);
    }

    @Override
    public void close() {
        // Nothing runs on.
    }
}
