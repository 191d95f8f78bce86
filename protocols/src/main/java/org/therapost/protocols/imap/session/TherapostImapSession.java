package org.therapost.protocols.imap.session;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.apache.james.imap.api.process.ImapSession.SessionId;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.imapserver.netty.NettyImapSession;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.protocols.netty.Encryption;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.access.ReaderLogin;
import org.therapost.protocols.imap.selected.AnnouncedFolder;
import org.therapost.protocols.limits.OctetsInFlight;
import reactor.core.publisher.Mono;

/** One connection's session: once it is over, the {@link ReaderLogin} that it owns is closed. */
public final class TherapostImapSession extends NettyImapSession {

    private final Channel channel;
    private @Nullable ReaderLogin reader;
    private @Nullable Mono<Void> rest;
    private OctetsInFlight.@Nullable Share room;
    private boolean over;

    public TherapostImapSession(Channel channel, Encryption encryption, SessionId id) {
        super(channel, encryption, false, true, true, id, Optional.empty());
        this.channel = channel;
    }

    /** Called by LOGIN and AUTHENTICATE after a session was begun, possibly when the connection is gone. */
    @Override
    public void setMailboxSession(MailboxSession session) {
        super.setMailboxSession(session);
        ReaderLogin begun = LoginMailboxSessions.reader(session);
        synchronized (this) {
            if (!over && reader == null) {
                reader = begun;
                return;
            }
        }
        begun.close();
    }

    @Override
    public Mono<Void> selected(SelectedMailbox mailbox) {
        return super.selected(new AnnouncedFolder(mailbox));
    }

    /** James lets go of the folder before it could tell it: its listener would stay, and all that it holds. */
    @Override
    public Mono<Void> deselect() {
        SelectedMailbox before = getSelected();
        return super.deselect().then(before == null ? Mono.empty() : before.deselect());
    }

    /** The other side of the connection. */
    InetAddress peer() {
        return ((InetSocketAddress) channel.remoteAddress()).getAddress();
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Leaves the rest of a continuation to be done before the next line is read. */
    synchronized void goOnWith(Mono<Void> more) {
        rest = more;
    }

    /** What is left to be done of the continuation that has just been taken. */
    synchronized Mono<Void> rest() {
        Mono<Void> left = rest;
        rest = null;
        return left == null ? Mono.empty() : left;
    }

    /** The connection is gone. */
    public void over() {
        ReaderLogin begun;
        synchronized (this) {
            over = true;
            begun = reader;
            reader = null;
        }
        if (begun != null) {
            begun.close();
        }
    }

    /** Room in memory that is given back when a command is answered, also when the connection is gone by then. */
    synchronized void holds(OctetsInFlight.Share share) {
        room = share;
    }

    private synchronized void release() {
        if (room != null) {
            room.release();
        }
    }

    /** The command was answered. */
    void answered() {
        release();
        ChannelHandlerContext commands = channel.pipeline().context(NettyConstants.REQUEST_DECODER);
        if (commands != null && !channel.eventLoop().isShuttingDown()) {
            channel.eventLoop().execute(() -> ((ImapCommands) commands.handler()).next(commands));
        }
    }

    @Override
    public void executeSafely(Runnable runnable) {
        // Nothing is read while a command is worked on; James would switch reading on here for good. The caller waits,
        // because the answer is composed by the runnable and flushed by the caller, on one buffer.
        if (channel.eventLoop().inEventLoop()) {
            runnable.run();
        } else {
            channel.eventLoop().submit(runnable).syncUninterruptibly();
        }
    }
}
