package org.therapost.bench.contestants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.therapost.bench.load.LoadTarget;
import org.therapost.bench.machine.CannotRunException;
import org.therapost.bench.machine.ControlGroup;
import org.therapost.bench.machine.ServerProcess;
import org.therapost.bench.machine.Workspace;

/**
 * Postfix and Dovecot as Debian ships them: Postfix queues durably and hands over by LMTP, Dovecot files into a Maildir
 * with {@code mail_fsync=optimized} (its default: synced before LMTP says yes). Everything in clear.
 */
public final class PostfixDovecot implements Contestant {

    private static final Path POSTFIX = Path.of("/usr/sbin/postfix");
    private static final Path DOVECOT = Path.of("/usr/sbin/dovecot");
    private static final Path LMTP = Path.of("/usr/lib/dovecot/lmtp");

    /** An account of nobody's, that owns the Maildirs. */
    private static final int MAIL_ACCOUNT = 5000;

    private final Path folder;
    private final ControlGroup group;
    private final int port;
    private List<LoadTarget> mailboxes = List.of();
    private int made;

    public PostfixDovecot(Path folder) throws IOException {
        for (Path program : List.of(POSTFIX, DOVECOT, LMTP)) {
            if (!Files.isExecutable(program)) {
                throw new CannotRunException(
                        program + " is missing: apt-get install postfix dovecot-lmtpd, or leave out --against postfix");
            }
        }
        if (!System.getProperty("user.name").equals("root")) {
            throw new CannotRunException("Postfix's master process starts as root only; leave out --against postfix");
        }
        this.folder = folder;
        this.group = ControlGroup.create("postfix-dovecot");
        this.port = ServerProcess.freePort();
    }

    @Override
    public String name() {
        return "Postfix + Dovecot LMTP";
    }

    @Override
    public void start() throws IOException, InterruptedException {
        Map<String, String> values =
                Map.of("FOLDER", folder.toString(), "PORT", Integer.toString(port), "ACCOUNT", "" + MAIL_ACCOUNT);
        Workspace.write(folder.resolve("postfix/main.cf"), "postfix-main.cf", values);
        Workspace.write(folder.resolve("postfix/master.cf"), "postfix-master.cf", values);
        Workspace.write(folder.resolve("dovecot.conf"), "dovecot.conf", values);
        Files.createDirectories(folder.resolve("queue"));
        own(Files.createDirectories(folder.resolve("state")), "postfix");
        Files.setAttribute(Files.createDirectories(folder.resolve("mail")), "unix:uid", MAIL_ACCOUNT);
        run(
                        "dovecot",
                        List.of(
                                DOVECOT.toString(),
                                "-F",
                                "-c",
                                folder.resolve("dovecot.conf").toString()))
                .awaitLine("starting up");
        run(
                        "postfix",
                        List.of(
                                POSTFIX.toString(),
                                "-c",
                                folder.resolve("postfix").toString(),
                                "start-fg"))
                .awaitPort(port);
    }

    @Override
    public List<LoadTarget> emptyMailboxes(int count) throws IOException {
        for (LoadTarget old : mailboxes) {
            Workspace.delete(maildir(old));
        }
        mailboxes = Stream.generate(() -> new LoadTarget(
                        ServerProcess.loopback(port), "alice@client.example", "reader" + ++made + "@practice.example"))
                .limit(count)
                .toList();
        return mailboxes;
    }

    @Override
    public int filed() throws IOException {
        int filed = 0;
        for (LoadTarget mailbox : mailboxes) {
            Path arrived = maildir(mailbox).resolve("Maildir/new");
            if (Files.exists(arrived)) {
                try (Stream<Path> messages = Files.list(arrived)) {
                    filed += (int) messages.count();
                }
            }
        }
        return filed;
    }

    @Override
    public ControlGroup group() {
        return group;
    }

    @Override
    public void close() throws IOException {
        group.close();
    }

    private ServerProcess run(String name, List<String> command) throws IOException {
        return ServerProcess.start(group, folder, command, Map.of(), folder.resolve(name + ".out"));
    }

    private Path maildir(LoadTarget mailbox) {
        return folder.resolve("mail").resolve(mailbox.recipient());
    }

    private static void own(Path path, String account) throws IOException {
        Files.setOwner(
                path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account));
    }
}
