package org.therapost.server.outsiders.openpgp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sequoia's {@code sq}. It asks for passphrases at a terminal only: {@code script} (util-linux) lends it one. */
public final class Sequoia implements OpenPgp {

    private final Path folder;
    private final List<Path> keys = new ArrayList<>();
    private String passphrase = "";

    public Sequoia(Path folder, String name) throws IOException {
        this.folder = Files.createDirectories(folder.resolve(name));
    }

    @Override
    public byte[] newKey(String address) throws IOException {
        Path key = folder.resolve("new.key");
        Program.ok(folder, "sq", "key", "generate", "--userid", address, "--export", key);
        keys.add(key);
        return Program.ok(folder, "sq", "key", "extract-cert", key);
    }

    @Override
    public void take(byte[] secretKey, String passphrase) throws IOException {
        keys.add(file(secretKey));
        if (!passphrase.isEmpty()) {
            this.passphrase = passphrase;
        }
    }

    @Override
    public byte[] open(byte[] message) throws IOException {
        return decrypt("", message);
    }

    @Override
    public byte[] openSigned(byte[] message, byte[] certificate) throws IOException {
        return decrypt(" --signatures 1 --signer-cert " + file(certificate), message);
    }

    private byte[] decrypt(String options, byte[] message) throws IOException {
        Path opened = folder.resolve("opened");
        Files.deleteIfExists(opened);
        StringBuilder command = new StringBuilder("sq decrypt --output " + opened + options);
        keys.forEach(key -> command.append(" --recipient-key ").append(key));
        command.append(' ').append(file(message));
        byte[] typed = (passphrase + "\n").getBytes(StandardCharsets.UTF_8);
        Program.ok(folder, Map.of(), typed, "script", "--quiet", "--return", "--command", command, "/dev/null");
        return Files.readAllBytes(opened);
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(folder, "in", ""), content);
    }

    @Override
    public void close() {
        // Nothing runs on.
    }
}
