package org.therapost.storage.james.events;

import org.apache.james.events.Event;
import org.apache.james.events.EventListener.ReactiveEventListener;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Hands events to a listener one after the other, in the order in which they were dispatched. James hands them over as they
 * come, several at once, and a session that waits (IDLE) would write two answers into each other.
 */
final class OrderedEventListener implements ReactiveEventListener {

    private static final Logger LOG = LoggerFactory.getLogger(OrderedEventListener.class);

    private final ReactiveEventListener listener;
    private final Sinks.Many<Delivery> deliveries = Sinks.many().unicast().onBackpressureBuffer();

    private record Delivery(Event event, Sinks.Empty<Void> done) {}

    OrderedEventListener(ReactiveEventListener listener) {
        this.listener = listener;
        deliveries.asFlux().concatMap(this::deliver).subscribe();
    }

    private Mono<Void> deliver(Delivery delivery) {
        return Mono.defer(() -> Mono.from(listener.reactiveEvent(delivery.event)))
                .onErrorResume(failed -> {
                    // Without its text, which could quote.
                    LOG.error(
                            "an IMAP connection could not be told of a change ({})",
                            failed.getClass().getSimpleName());
                    return Mono.empty();
                })
                .doFinally(end -> delivery.done.tryEmitEmpty());
    }

    @Override
    public Publisher<Void> reactiveEvent(Event event) {
        return Mono.defer(() -> {
            Delivery delivery = new Delivery(event, Sinks.empty());
            synchronized (this) {
                return deliveries.tryEmitNext(delivery).isSuccess() ? delivery.done.asMono() : Mono.empty();
            }
        });
    }

    /** Nothing more comes. */
    synchronized void end() {
        deliveries.tryEmitComplete();
    }

    @Override
    public boolean isHandling(Event event) {
        return listener.isHandling(event);
    }

    @Override
    public ExecutionMode getExecutionMode() {
        return listener.getExecutionMode();
    }
}
