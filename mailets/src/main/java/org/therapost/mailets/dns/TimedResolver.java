package org.therapost.mailets.dns;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TSIG;

/** Asks another resolver until a time is over: one question can become many, by aliases and by servers that do not answer. */
final class TimedResolver implements Resolver {

    private final Resolver resolver;
    private final long until;

    TimedResolver(Resolver resolver, long until) {
        this.resolver = resolver;
        this.until = until;
    }

    private CompletionStage<Message> inTime(Supplier<CompletionStage<Message>> question) {
        long left = until - System.nanoTime();
        return left <= 0
                ? CompletableFuture.failedFuture(new IOException("no time is left"))
                : question.get().toCompletableFuture().orTimeout(left, TimeUnit.NANOSECONDS);
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query) {
        return inTime(() -> resolver.sendAsync(query));
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query, Executor executor) {
        return inTime(() -> resolver.sendAsync(query, executor));
    }

    @Override
    public Duration getTimeout() {
        return resolver.getTimeout();
    }

    @Override
    public void setTimeout(Duration timeout) {
        throw new UnsupportedOperationException("settings are the other resolver's");
    }

    @Override
    public void setPort(int port) {
        throw new UnsupportedOperationException("settings are the other resolver's");
    }

    @Override
    public void setTCP(boolean flag) {
        throw new UnsupportedOperationException("settings are the other resolver's");
    }

    @Override
    public void setIgnoreTruncation(boolean flag) {
        throw new UnsupportedOperationException("settings are the other resolver's");
    }

    @Override
    public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {
        throw new UnsupportedOperationException("settings are the other resolver's");
    }

    @Override
    public void setTSIGKey(TSIG key) {
        throw new UnsupportedOperationException("settings are the other resolver's");
    }
}
