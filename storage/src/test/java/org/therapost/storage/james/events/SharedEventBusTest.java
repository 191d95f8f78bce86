package org.therapost.storage.james.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.events.Event;
import org.apache.james.events.EventListener.ReactiveEventListener;
import org.apache.james.events.Registration;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MailboxSessionUtil;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.mailbox.model.ByteContent;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.model.UidValidity;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.apache.james.mailbox.store.mail.model.impl.PropertyBuilder;
import org.apache.james.mailbox.store.mail.model.impl.SimpleMailboxMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.therapost.storage.james.mailbox.SealedMailbox;
import org.therapost.storage.james.rows.MailboxMessageRows;
import org.therapost.storage.james.rows.UuidMailboxId;
import org.therapost.storage.james.rows.UuidMessageId;
import org.therapost.storage.store.SealedKeywords;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What sessions hear of their folder, and in which order. */
class SharedEventBusTest {

    private static final MailboxSession DR_BLOOM = MailboxSessionUtil.create(Username.of("dr.bloom@practice.example"));

    private final SealedMailbox mailbox = new SealedMailbox();
    private final SharedEventBus bus = new SharedEventBus(
            SealedMailbox.inThisProcess(), mailbox.database, SealedMailbox.KEY, listener -> LongStream.empty());
    private final MessageMapper messages = mailbox.mappers.createMessageMapper(DR_BLOOM);
    private final Mailbox inbox = mailbox.mappers
            .createMailboxMapper(DR_BLOOM)
            .create(MailboxPath.inbox(DR_BLOOM), UidValidity.of(42))
            .block();
    private final UUID folder = UuidMailboxId.of(inbox.getMailboxId());
    private final MailboxIdRegistrationKey key = new MailboxIdRegistrationKey(inbox.getMailboxId());

    @AfterEach
    void close() {
        bus.close();
    }

    /** A session that writes down the UIDs that it hears of. */
    private static class Session implements ReactiveEventListener {

        final List<Long> heard = Collections.synchronizedList(new ArrayList<>());

        @Override
        public Publisher<Void> reactiveEvent(Event event) {
            return Mono.fromRunnable(() -> ((Added) event)
                            .getUids().stream().map(MessageUid::asLong).forEach(heard::add))
                    .subscribeOn(Schedulers.boundedElastic())
                    .then();
        }
    }

    private Registration listen(Session session) {
        return Mono.from(bus.register(session, key)).block();
    }

    @Test
    void nobody_hears_of_a_message_before_those_below_it() throws Exception {
        append();
        Session session = new Session();
        listen(session);
        append();
        append();
        append();
        // Whoever filed 2 and 3 is slower to tell than whoever filed 4.
        dispatch(4);
        dispatch(2);
        dispatch(3);
        assertThat(session.heard.subList(0, 3)).containsExactly(2L, 3L, 4L);
        assertThat(session.heard).doesNotContain(1L);
    }

    @Test
    void who_has_closed_a_folder_hears_nothing_more() throws Exception {
        Session session = new Session();
        Registration registration = listen(session);
        listen(new Session());
        assertThat(bus.listeners()).isEqualTo(2);
        Mono.from(registration.unregister()).block();
        Mono.from(registration.unregister()).block();
        assertThat(bus.listeners()).isEqualTo(1);
        append();
        dispatch(1);
        assertThat(session.heard).isEmpty();
    }

    @Test
    void a_session_hears_of_one_thing_after_the_other() throws Exception {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Session slow = new Session() {
            @Override
            public Publisher<Void> reactiveEvent(Event event) {
                return Mono.from(super.reactiveEvent(event))
                        .doOnSubscribe(begins -> most.accumulateAndGet(atOnce.incrementAndGet(), Math::max))
                        .doOnSuccess(ends -> atOnce.decrementAndGet());
            }
        };
        listen(slow);
        for (int i = 0; i < 50; i++) {
            append();
        }
        Flux.range(1, 50)
                .flatMap(
                        uid -> Mono.defer(() -> bus.dispatch(event(uid), key)).subscribeOn(Schedulers.boundedElastic()))
                .then()
                .block();
        assertThat(most).hasValue(1);
        assertThat(slow.heard.stream().distinct()).hasSize(50);
    }

    private void dispatch(long uid) {
        bus.dispatch(event(uid), key).block();
    }

    private Event event(long uid) {
        return FolderNotificationEvents.added(
                new UuidMailboxId(folder),
                MailboxMessageRows.ofUids(
                        mailbox.database.sql(), new SealedKeywords(SealedMailbox.KEY), folder, List.of(uid)));
    }

    private void append() throws Exception {
        UuidMessageId id = new UuidMessageId(UUID.randomUUID());
        byte[] octets = "Subject: grief\r\n\r\nI miss my cat.\r\n".getBytes(StandardCharsets.US_ASCII);
        messages.add(
                inbox,
                new SimpleMailboxMessage(
                        id,
                        ThreadId.fromBaseMessageId(id),
                        Date.from(mailbox.clock.instant()),
                        octets.length,
                        16,
                        new ByteContent(octets),
                        new Flags(),
                        new PropertyBuilder().build(),
                        inbox.getMailboxId()));
    }
}
