package org.therapost.server.outsiders.openpgp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.openpgp.PGPUtil;

/** OpenPGP.js, which is in web mail programs, on Node. npm fetches it: the version and digest of package-lock.json. */
public final class OpenPgpJs implements OpenPgp {

    private static final Path SOURCES = Path.of("src/test/openpgpjs");
    private static final Path INSTALLED = Path.of("target/openpgpjs");

    private final Path folder;
    private final Path keys;

    public OpenPgpJs(Path folder, String name) throws IOException {
        this.folder = Files.createDirectories(folder.resolve(name));
        this.keys = this.folder.resolve("keys");
        install();
    }

    private static synchronized void install() throws IOException {
        Files.createDirectories(INSTALLED);
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, INSTALLED.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!Files.exists(INSTALLED.resolve("node_modules/openpgp"))) {
            Program.ok(INSTALLED, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        }
    }

    @Override
    public byte[] newKey(String address) throws IOException {
        Path certificate = folder.resolve("new.cert");
        Path secret = folder.resolve("new.key");
        node("generate", address, secret, certificate);
        add(Files.readAllBytes(secret));
        return Files.readAllBytes(certificate);
    }

    @Override
    public void take(byte[] secretKey, String passphrase) throws IOException {
        add(secretKey);
    }

    private void add(byte[] secretKey) throws IOException {
        byte[] binary = PGPUtil.getDecoderStream(new java.io.ByteArrayInputStream(secretKey))
                .readAllBytes();
        Files.write(keys, binary, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public byte[] open(byte[] message) throws IOException {
        return node("open", keys, file(message));
    }

    @Override
    public byte[] openSigned(byte[] message, byte[] certificate) throws IOException {
        return node("open", keys, file(message), file(certificate));
    }

    private static byte[] node(Object... arguments) throws IOException {
        List<Object> command =
                new ArrayList<>(List.of("node", INSTALLED.resolve("peer.mjs").toAbsolutePath()));
        command.addAll(List.of(arguments));
        return Program.ok(INSTALLED, command.toArray());
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(folder, "in", ""), content);
    }

    @Override
    public void close() {
        // Nothing runs on.
    }
}
