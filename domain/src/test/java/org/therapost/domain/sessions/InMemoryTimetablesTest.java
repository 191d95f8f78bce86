package org.therapost.domain.sessions;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.Client;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sessions.step.Timetables;
import org.therapost.domain.sessions.step.TimetablesContract;

class InMemoryTimetablesTest extends TimetablesContract {

    private static final Certificate KEY = new Certificate(new byte[] {1});

    private final InMemoryTimetables timetables =
            new InMemoryTimetables(Clock.fixed(Instant.parse("2026-03-20T10:00:00Z"), ZoneOffset.UTC));
    private final ClientThread alices = thread("alice");
    private final ClientThread brunos = thread("bruno");

    private static ClientThread thread(String client) {
        return new ClientThread(
                new ThreadId(UUID.randomUUID()),
                EmailAddress.of("thread-of-" + client + "@practice.example"),
                new Therapist(
                        new TherapistId(UUID.randomUUID()),
                        new PracticeId(UUID.randomUUID()),
                        EmailAddress.of("bloom@practice.example"),
                        "Dr Bloom",
                        Custody.LOGIN,
                        KEY),
                new Client(EmailAddress.of(client + "@provider.example"), client, Optional.empty(), false),
                KEY);
    }

    @Override
    protected Timetables timetables() {
        return timetables;
    }

    @Override
    protected ClientThread alices() {
        return alices;
    }

    @Override
    protected ClientThread brunos() {
        return brunos;
    }

    @Override
    protected List<MessageId> visible() {
        return timetables.visible;
    }

    @Override
    protected Optional<Instant> waking(ClientThread thread) {
        return Optional.ofNullable(timetables.wakings.get(thread.id()));
    }
}
