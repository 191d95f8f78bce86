package org.therapost.protocols.imap.session;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Which command each thread works on, across all of Reactor's schedulers. An error that Reactor takes for the end of the JVM, such as
 * a stack that is too deep, is told to nobody there: its command would never end, its connection never notice, and one of the places
 * for commands at work would be taken for ever. Sixty-four of them, and nobody could read mail any more.
 */
final class CommandsInWork {

    private static final ThreadLocal<@Nullable Consumer<Throwable>> CURRENT = new ThreadLocal<>();

    static {
        Schedulers.onScheduleHook("therapost.commands", CommandsInWork::handedOn);
    }

    private CommandsInWork() {}

    /** The same work, which fails with whatever ends one of its steps. */
    static Mono<Void> ended(Mono<Void> work) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> failed = Sinks.empty();
            Consumer<Throwable> fail =
                    error -> failed.tryEmitError(new IllegalStateException("a step of an IMAP command failed", error));
            Mono<Void> begun = Mono.from((Subscriber<? super Void> subscriber) -> {
                Consumer<Throwable> before = CURRENT.get();
                CURRENT.set(fail);
                try {
                    work.subscribe(subscriber);
                } finally {
                    CURRENT.set(before);
                }
            });
            return Mono.firstWithSignal(begun, failed.asMono());
        });
    }

    private static Runnable handedOn(Runnable task) {
        Consumer<Throwable> fail = CURRENT.get();
        if (fail == null) {
            return task;
        }
        return () -> {
            Consumer<Throwable> before = CURRENT.get();
            CURRENT.set(fail);
            try {
                task.run();
            } catch (VirtualMachineError | LinkageError broken) {
                fail.accept(broken);
            } finally {
                CURRENT.set(before);
            }
        };
    }
}
