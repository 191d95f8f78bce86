package org.therapost.domain.clientkeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.therapost.domain.clientkeys.ClientKey.State;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.Certificate;

/** What every implementation of {@link ClientKeys} does. Alice and Bruno are clients of Dr Bloom. */
public abstract class ClientKeysContract {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00.123456Z");

    /** The one under test; no key is known. */
    protected abstract ClientKeys keys();

    protected abstract ThreadId alices();

    protected abstract ThreadId brunos();

    /** A note to Dr Bloom of that name. */
    protected abstract Filing note(MessageId name);

    @Test
    protected void of_a_client_who_has_sent_none_no_key_is_known() throws Exception {
        assertThat(keys().find(alices())).isEmpty();
    }

    @Test
    protected void keys_in_every_state_come_back_as_they_were() throws Exception {
        List<ClientKey> all = List.of(
                key("refused", KeySource.OPERATOR, Optional.empty(), new State.Refused()),
                key("retired", KeySource.EARLIER, Optional.of(NOW), new State.Retired()),
                key("used", KeySource.MAIL, Optional.of(NOW), new State.InUse(Optional.of(NOW.plusSeconds(3)))),
                key("waiting", KeySource.OPERATOR, Optional.empty(), new State.Pending(NOW.minusSeconds(9))));

        keys().change(alices(), (before, now) -> new ClientKeys.Change(all, List.of()));

        assertThat(keys().find(alices())).containsExactlyInAnyOrderElementsOf(all);
        assertThat(keys().find(brunos())).isEmpty();
    }

    @Test
    protected void a_key_takes_the_place_of_the_one_in_use() throws Exception {
        ClientKey old = key("old", KeySource.MAIL, Optional.of(NOW), new State.InUse(Optional.empty()));
        ClientKey next = key("next", KeySource.MAIL, Optional.empty(), new State.Pending(NOW));
        keys().change(alices(), (before, now) -> new ClientKeys.Change(List.of(old, next), List.of()));

        keys().change(
                        alices(),
                        (before, now) -> new ClientKeys.Change(
                                List.of(
                                        old.in(new State.Retired()),
                                        next.taken(NOW, new State.InUse(Optional.of(NOW)))),
                                List.of()));

        assertThat(keys().find(alices()))
                .extracting(ClientKey::state)
                .containsExactlyInAnyOrder(new State.Retired(), new State.InUse(Optional.of(NOW)));
    }

    @Test
    protected void what_is_not_among_the_keys_any_more_is_forgotten() throws Exception {
        ClientKey waits = key("waits", KeySource.OPERATOR, Optional.empty(), new State.Pending(NOW));
        keys().change(alices(), (before, now) -> new ClientKeys.Change(List.of(waits), List.of()));
        keys().change(alices(), (before, now) -> new ClientKeys.Change(List.of(), List.of()));

        assertThat(keys().find(alices())).isEmpty();
    }

    @Test
    protected void a_command_that_is_handed_over_again_changes_nothing_and_is_answered_as_before() throws Exception {
        MessageId name = new MessageId(UUID.randomUUID());
        ClientKey first = key("first", KeySource.OPERATOR, Optional.empty(), new State.Pending(NOW));
        ClientKey other = key("other", KeySource.OPERATOR, Optional.empty(), new State.Pending(NOW));
        List<FiledMessage> filed =
                keys().change(alices(), (before, now) -> new ClientKeys.Change(List.of(first), List.of(note(name))));

        List<FiledMessage> again =
                keys().change(alices(), (before, now) -> new ClientKeys.Change(List.of(other), List.of(note(name))));

        assertThat(filed).extracting(FiledMessage::id).containsExactly(name);
        assertThat(again).isEqualTo(filed);
        assertThat(keys().find(alices())).containsExactly(first);
    }

    @Test
    protected void changes_that_come_at_once_are_made_one_after_the_other() throws Exception {
        int writers = 8;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Object>> changes = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                String name = "key" + i;
                changes.add(() -> keys().change(alices(), (before, now) -> {
                    List<ClientKey> more = new ArrayList<>(before);
                    more.add(key(name, KeySource.OPERATOR, Optional.empty(), new State.Refused()));
                    return new ClientKeys.Change(more, List.of());
                }));
            }
            for (Future<Object> change : threads.invokeAll(changes)) {
                change.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(keys().find(alices())).hasSize(writers);
    }

    private static ClientKey key(String name, KeySource source, Optional<Instant> used, State state) {
        return new ClientKey(UUID.randomUUID(), new Certificate(name.getBytes(UTF_8)), source, NOW, used, state);
    }
}
