package org.therapost.protocols.imap.session;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** No command stays at work for ever because one of its steps has broken off. */
class CommandsInWorkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static int deep(int depth) {
        return depth == Integer.MAX_VALUE ? depth : deep(depth + 1) + 1;
    }

    @Test
    void a_stack_that_is_too_deep_ends_the_command() {
        Mono<Void> work = Mono.fromRunnable(() -> deep(0))
                .subscribeOn(Schedulers.boundedElastic())
                .then();
        assertThatThrownBy(() -> CommandsInWork.ended(work).block(PATIENCE))
                .hasRootCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void so_does_one_in_a_thread_to_which_the_work_was_handed_on() {
        Mono<Void> work = Flux.range(1, 3)
                .subscribeOn(Schedulers.boundedElastic())
                .publishOn(Schedulers.parallel())
                .concatMap(number -> Mono.fromCallable(() -> deep(number)))
                .then()
                .subscribeOn(Schedulers.boundedElastic());
        assertThatThrownBy(() -> CommandsInWork.ended(work).block(PATIENCE))
                .hasRootCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void what_goes_well_or_fails_in_the_usual_way_ends_as_ever() {
        CommandsInWork.ended(Mono.delay(Duration.ofMillis(1)).then()).block(PATIENCE);
        assertThatThrownBy(() -> CommandsInWork.ended(Mono.error(new IllegalArgumentException("no")))
                        .block(PATIENCE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
