package org.therapost.server.outsiders.openpgp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stock GnuPG with a home of its own. */
public final class Gpg implements OpenPgp {

    private final Path home;

    /** @param name short: the paths of gpg-agent's sockets are */
    public Gpg(Path folder, String name) throws IOException {
        home = Files.createDirectories(folder.resolve(name));
        Program.ok(home, "chmod", "700", home);
        Files.writeString(
                home.resolve("gpg.conf"),
                "batch\nyes\nno-auto-key-locate\ntrust-model always\n" + "pinentry-mode loopback\npassphrase-file "
                        + home.resolve("passphrase") + "\n");
        Files.writeString(home.resolve("passphrase"), "");
    }

    public Path home() {
        return home;
    }

    /** With this passphrase it opens secret keys from now on. */
    public Gpg passphrase(String passphrase) throws IOException {
        Files.writeString(home.resolve("passphrase"), passphrase);
        return this;
    }

    @Override
    public byte[] newKey(String address) throws IOException {
        run("--quick-generate-key", address, "future-default", "default", "never");
        return run("--armor", "--export", address);
    }

    /** Encrypts to a certificate in its key ring. */
    public byte[] encrypt(byte[] text, String address) throws IOException {
        return run("--armor", "--output", "-", "--encrypt", "--recipient", address, file(text));
    }

    @Override
    public void take(byte[] secretKey, String passphrase) throws IOException {
        passphrase(passphrase);
        run("--import", file(secretKey));
    }

    @Override
    public byte[] open(byte[] message) throws IOException {
        return run("--decrypt", file(message));
    }

    @Override
    public byte[] openSigned(byte[] message, byte[] certificate) throws IOException {
        run("--import", file(certificate));
        Path status = Files.createTempFile(home, "status", "");
        byte[] opened = run("--status-file", status, "--decrypt", file(message));
        List<String> said = Files.readAllLines(status);
        if (said.stream().filter(line -> line.startsWith("[GNUPG:] VALIDSIG ")).count() != 1
                || said.stream()
                                .filter(line -> line.startsWith("[GNUPG:] GOODSIG "))
                                .count()
                        != 1) {
            throw new AssertionError("not one good signature: " + said);
        }
        return opened;
    }

    private byte[] run(Object... arguments) throws IOException {
        List<Object> command = new ArrayList<>(List.of("gpg"));
        command.addAll(List.of(arguments));
        return Program.ok(home, Map.of("GNUPGHOME", home.toString()), new byte[0], command.toArray());
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(home, "in", ""), content);
    }

    @Override
    public void close() throws IOException {
        Program.ok(home, "gpgconf", "--homedir", home, "--kill", "all");
    }
}
