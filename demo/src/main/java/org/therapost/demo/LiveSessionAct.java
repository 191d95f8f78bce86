package org.therapost.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.mail.internet.MimeMessage;
import org.therapost.demo.world.BloomsProgram;
import org.therapost.demo.world.DemoCheck;
import org.therapost.demo.world.DemoException;
import org.therapost.demo.world.IdleWatcher;
import org.therapost.demo.world.ImapMailbox;
import org.therapost.demo.world.MailHost;
import org.therapost.demo.world.MailText;
import org.therapost.demo.world.OutsideWorld;
import org.therapost.demo.world.Script;
import org.therapost.demo.world.WeeklyEvent;

/**
 * A session of live mail, agreed on by an ordinary invitation. Nobody has to be quick: it is agreed for some hours later,
 * and Dr Bloom's calendar moves its beginning and its end to a few seconds ahead once everybody has done their part.
 */
final class LiveSessionAct {

    private static final Duration LATER = Duration.ofHours(3);
    private static final Duration IN_A_MOMENT = Duration.ofSeconds(3);
    private static final Duration WEEK = Duration.ofDays(7);

    /** How {@code session list} writes an instant. */
    private static final DateTimeFormatter LISTED =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm xxx", Locale.ENGLISH);

    private static final String INVITATION = "Appointment";
    private static final String NOTICE = "Your message has arrived";

    private final Scene scene;
    private final EnrolledPractice enrolledPractice;
    private final BloomsProgram bloom;
    private final Narrator narrator;
    private final WeeklyEvent event;
    private final AlicesMail alice;
    private byte[] early = new byte[0];
    private byte[] stillEarly = new byte[0];
    private Instant opens = Instant.EPOCH;

    LiveSessionAct(Scene scene, EnrolledPractice enrolledPractice, BloomsProgram bloom) {
        this.scene = scene;
        this.enrolledPractice = enrolledPractice;
        this.bloom = bloom;
        this.narrator = scene.narrator();
        this.event = new WeeklyEvent(enrolledPractice.aliceThread());
        this.alice = new AlicesMail(scene, enrolledPractice);
    }

    void play() throws Exception {
        narrator.act("A live session");
        narrator.step("contract set: live, and what comes outside a session is held", this::contract);
        narrator.step("Dr Bloom's calendar invites to a weekly hour: Alice gets a neutral invitation", this::invite);
        narrator.step("Alice answers \"Yes\" in plain words; Dr Bloom's calendar gets it as its own", this::accept);
        narrator.step("Alice writes early, twice: both are held, and she is told once", this::tooEarly);
        narrator.step("the hour is moved to now: it opens, and what was held is pushed to Dr Bloom", this::open);
        narrator.step("in the session mail is live, both ways", this::live);
        narrator.step("Dr Bloom's calendar ends it; what Alice writes late is held for next week", this::tooLate);
    }

    private void contract() throws Exception {
        JsonNode now = scene.operator()
                .type(
                        "contract",
                        "set",
                        enrolledPractice.aliceThread(),
                        "--mode",
                        "live",
                        "--policy",
                        "hold",
                        "--grace",
                        "0m")
                .path("now");
        DemoCheck.same("live", now.path("mode").asText(), "mode");
        DemoCheck.same("hold", now.path("policy").asText(), "policy");
    }

    private void invite() throws Exception {
        Instant now = scene.clock().instant();
        submit(event.beginsAt(now.plus(LATER).truncatedTo(ChronoUnit.SECONDS), now));
        MimeMessage confirmation = note("Invitation sent");
        MimeMessage invitation = alice.opened(alice.carried(INVITATION));
        String calendar = MailText.calendar(invitation);
        DemoCheck.that(calendar.contains("METHOD:REQUEST"), "no invitation for a calendar program");
        DemoCheck.that(calendar.contains("mailto:" + OutsideWorld.ALICE), "Alice is not invited");
        for (String word : new String[] {"Grief", "Dr Bloom", Script.BLOOM}) {
            DemoCheck.that(
                    !calendar.contains(word) && !MailText.text(invitation).contains(word),
                    "Alice's says \"" + word + "\"");
        }
        show(confirmation);
        narrator.note("\"" + Script.SESSION + "\" in Dr Bloom's calendar is, in Alice's mailbox:");
        show(invitation);
    }

    private void accept() throws Exception {
        MimeMessage yes =
                MailText.answer(alice.carried(INVITATION), OutsideWorld.ALICE, enrolledPractice.aliceThread(), "Yes\n");
        alice.sends(yes);
        MimeMessage reply = note("accepted, ");
        String calendar = MailText.calendar(reply);
        DemoCheck.that(calendar.contains("METHOD:REPLY") && calendar.contains("PARTSTAT=ACCEPTED"), "no acceptance");
        DemoCheck.that(next().path("confirmed").asBoolean(), "the session is not confirmed");
        show(reply);
    }

    private void tooEarly() throws Exception {
        int before = inFolder().size();
        early = alice.writes("The ferry", Script.ALICE_IS_EARLY);
        stillEarly = alice.writes("My sister", Script.ALICE_IS_STILL_EARLY);
        DemoCheck.that(sessions().path("held").asInt() == 2, "two were to be held, and are not");
        DemoCheck.that(inFolder().size() == before, "something early is in Dr Bloom's folder");
        MimeMessage notice = alice.opened(alice.carried(NOTICE));
        DemoCheck.that(!MailText.text(notice).contains("ferry"), "the notice quotes Alice");
        show(notice);
        narrator.note("Dr Bloom sees:");
        show(note("Messages held"));
    }

    private void open() throws Exception {
        try (IdleWatcher idleWatcher = IdleWatcher.on(bloom.mailbox(), EnrolledPractice.ALICES_FOLDER)) {
            Instant now = scene.clock().instant();
            opens = now.plus(IN_A_MOMENT).truncatedTo(ChronoUnit.SECONDS);
            submit(event.beginsAt(opens, now));
            DemoCheck.that(idleWatcher.noticed(3), "IDLE did not tell of the invitation and of both that were held");
        }
        List<ImapMailbox.Served> folder = inFolder();
        int first = position(folder, early);
        int second = position(folder, stillEarly);
        DemoCheck.that(first >= 0 && second > first, "what was held is not there in the order in which it came");
        DemoCheck.that(sessions().path("held").asInt() == 0, "something is still held");
        DemoCheck.that(state("open").isPresent(), "no session is open");
        show(note("Session begun"));
    }

    private static int position(List<ImapMailbox.Served> folder, byte[] mail) {
        for (int i = 0; i < folder.size(); i++) {
            if (MessageDigest.isEqual(mail, folder.get(i).octets())) {
                return i;
            }
        }
        return -1;
    }

    private void live() throws Exception {
        byte[] mail;
        try (IdleWatcher idleWatcher = IdleWatcher.on(bloom.mailbox(), EnrolledPractice.ALICES_FOLDER)) {
            mail = alice.writes("Now", Script.ALICE_IS_THERE);
            long accepted = System.nanoTime();
            DemoCheck.that(idleWatcher.noticed(), "IDLE told nothing");
            narrator.note("Alice's mail is pushed to Dr Bloom within " + millisSince(accepted) + " ms of its 250");
        }
        DemoCheck.that(position(inFolder(), mail) >= 0, "Alice's mail is not in Dr Bloom's folder");
        narrator.show(Script.ALICE_IS_THERE);
        MimeMessage answer = MailText.answer(
                MailText.read(mail), Script.BLOOM, enrolledPractice.aliceThread(), Script.BLOOM_IS_THERE);
        submit(answer);
        long accepted = System.nanoTime();
        MimeMessage received = alice.opened(alice.carried("Re: Now"));
        narrator.note("Dr Bloom's is in Alice's mailbox within " + millisSince(accepted) + " ms of its 250");
        DemoCheck.same(Script.BLOOM_IS_THERE, MailText.text(received), "text");
        narrator.show(MailText.text(received));
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private void tooLate() throws Exception {
        Instant now = scene.clock().instant();
        submit(event.firstEndsAt(opens, now.plus(IN_A_MOMENT), now));
        JsonNode closed = DemoCheck.soon("the end of the session", () -> state("closed"));
        DemoCheck.same("held ok", closed.path("result").asText(), "result");
        show(note("Session ended"));
        byte[] late = alice.writes("The quay", Script.ALICE_IS_LATE);
        DemoCheck.that(sessions().path("held").asInt() == 1, "what came late is not held");
        DemoCheck.that(position(inFolder(), late) < 0, "what came late is in Dr Bloom's folder");
        DemoCheck.that(alice.count(NOTICE) == 1, "Alice was told more than once within an hour");
        nextWeek();
    }

    private void nextWeek() throws Exception {
        JsonNode next = next();
        DemoCheck.that(
                opening(next).equals(opens.plus(WEEK).truncatedTo(ChronoUnit.MINUTES)),
                "the next session is not in a week but " + next.path("opens").asText());
        narrator.note("session list: 1 held, the next session opens "
                + next.path("opens").asText());
    }

    private static Instant opening(JsonNode window) {
        return OffsetDateTime.parse(window.path("opens").asText(), LISTED).toInstant();
    }

    private void submit(MimeMessage mail) throws Exception {
        MailHost.Reply reply = bloom.submit(enrolledPractice.aliceThread(), mail);
        DemoCheck.that(reply.accepted(), "not accepted: " + reply.text());
    }

    private void show(MimeMessage mail) throws Exception {
        narrator.show("Subject: " + mail.getSubject() + "\n\n" + MailText.text(mail));
    }

    private JsonNode sessions() throws IOException {
        return scene.operator().type("session", "list", enrolledPractice.aliceThread());
    }

    /** The session that comes next. */
    private JsonNode next() throws Exception {
        return windows(List.of("proposed", "confirmed"))
                .min(Comparator.comparing(LiveSessionAct::opening))
                .orElseThrow(() -> new DemoException("no session is planned"));
    }

    private Optional<JsonNode> state(String state) throws IOException {
        return windows(List.of(state)).findFirst();
    }

    private Stream<JsonNode> windows(List<String> states) throws IOException {
        return StreamSupport.stream(sessions().path("windows").spliterator(), false)
                .filter(window -> states.contains(window.path("state").asText()));
    }

    private List<ImapMailbox.Served> inFolder() throws Exception {
        try (ImapMailbox mailbox = bloom.mailbox()) {
            return mailbox.messages(EnrolledPractice.ALICES_FOLDER);
        }
    }

    /** The office's newest note to Dr Bloom about Alice whose subject begins so. */
    private MimeMessage note(String subject) throws Exception {
        try (ImapMailbox mailbox = bloom.mailbox()) {
            return MailText.read(DemoCheck.soon(
                            "\"" + subject + "\" in INBOX",
                            () -> mailbox.newest(EnrolledPractice.INBOX, "Alice: " + subject))
                    .octets());
        }
    }
}
