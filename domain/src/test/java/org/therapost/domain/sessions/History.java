package org.therapost.domain.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.domain.sessions.engine.AdmissionResult;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.mail.SessionCommand;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowId;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.domain.sessions.step.Step;

/** A random history of one thread that watches the rules of the house while it goes on. */
final class History {

    final Couch couch;
    private final List<String> broken = new ArrayList<>();
    private final Map<WindowId, WindowState> states = new HashMap<>();
    private final Set<MessageId> held = new HashSet<>();
    private final Set<MessageId> gone = new HashSet<>();
    private Optional<Instant> lastNotice = Optional.empty();
    private int allowed = 1;
    private Optional<Instant> toldOpen = Optional.empty();
    private int sequence;

    History(OutsideMailPolicy outsideMailPolicy) {
        this.couch = Couch.with(outsideMailPolicy).invitesWeekly();
        watch(couch.timetable);
    }

    List<String> broken() {
        return broken;
    }

    void happen(Happened happened) {
        couch.now = couch.now.plus(Duration.ofMinutes(happened.minutes()));
        Timetable before = couch.timetable;
        Step once = couch.sessions.advance(before, couch.now);
        check(once.equals(couch.sessions.advance(before, couch.now)), "decided again, it is another step");
        couch.take(once);
        watch(before);
        before = couch.timetable;
        act(happened);
        watch(before);
    }

    private void act(Happened happened) {
        sequence++;
        int day = 4 + happened.number();
        String original = String.format("2026-11-%02dT18:00", 4 + 7 * (happened.number() % 3));
        switch (happened.what()) {
            case MAIL -> remember(couch.writes());
            case AUTOMATIC_MAIL -> remember(couch.writesAutomatically());
            case STRANGER -> couch.take(couch.sessions.strangerWrote(couch.timetable, couch.now));
            case TIME -> couch.take(couch.sessions.advance(couch.timetable, couch.now));
            case INVITATION ->
                couch.invites(Couch.event(
                        Couch.UID,
                        String.format("2026-11-%02dT1%d:00", day, happened.number()),
                        "FREQ=WEEKLY",
                        sequence));
            case MOVE -> couch.moves(Couch.UID, original, String.format("2026-11-%02dT12:00", day), sequence);
            case CANCELLATION -> couch.cancels(Couch.UID, happened.number() == 0 ? "" : original, sequence);
            case ACCEPTED -> remember(couch.replies("", sequence, Participation.ACCEPTED));
            case DECLINED -> remember(couch.replies(original, sequence, Participation.DECLINED));
            case ANSWER -> couch.writesBack();
            case OPEN -> couch.orders(new SessionCommand.Open(Optional.of(Duration.ofMinutes(20))));
            case EXTEND -> couch.orders(new SessionCommand.Extend(Duration.ofMinutes(1 + happened.number())));
            case CANCEL -> couch.orders(new SessionCommand.Cancel(Optional.empty()));
        }
    }

    private void remember(AdmissionResult.Visibility visibility) {
        if (visibility instanceof AdmissionResult.Visibility.Held) {
            HeldMail mail = couch.timetable.held().get(couch.timetable.held().size() - 1);
            check(held.add(mail.message()), "held twice");
            check(!mail.until().isAfter(mail.acceptedAt().plus(Duration.ofDays(7))), "held for longer than agreed");
        }
    }

    /** Lets so much time pass that nothing may be left over. */
    void end() {
        for (int week = 0; week < 8; week++) {
            Timetable before = couch.timetable;
            couch.now = couch.now.plus(Duration.ofDays(1));
            couch.take(couch.sessions.advance(before, couch.now));
            watch(before);
        }
        check(held.equals(gone), "held mail that was neither released nor erased");
    }

    private void watch(Timetable before) {
        Timetable after = couch.timetable;
        check(couch.wake.filter(wake -> !wake.isAfter(couch.now)).isEmpty(), "something due was left undone");
        watchWindows(after);
        watchHeld(after);
        watchNotices(before, after);
    }

    private void watchWindows(Timetable after) {
        Set<WindowKey> live = new HashSet<>();
        for (Window window : after.windows()) {
            WindowState was = states.put(window.id(), window.state());
            check(was == null || mayFollow(was, window.state()), was + " became " + window.state());
            check(window.state().ended() || live.add(window.key()), "two windows of one instance");
        }
    }

    private static boolean mayFollow(WindowState was, WindowState is) {
        return was == is || (!was.ended() && was.compareTo(is) < 0);
    }

    private void watchHeld(Timetable after) {
        for (Effect effect : couch.last) {
            if (effect instanceof Effect.Release release) {
                check(gone.add(release.message()), "released twice");
            } else if (effect instanceof Effect.Erase erase) {
                check(gone.add(erase.message()), "erased twice");
            }
        }
        List<HeldMail> waiting = after.held().stream()
                .filter(mail -> mail.fate() == HeldMail.Fate.RELEASE)
                .toList();
        check(waiting.stream().noneMatch(mail -> gone.contains(mail.message())), "released and still held");
        boolean open = after.windows().stream().anyMatch(window -> window.state() == WindowState.OPEN);
        boolean future = after.windows().stream().anyMatch(Window::ahead);
        check(waiting.isEmpty() || (future && !open), "held without a reason");
    }

    /** At most one a closed period, one more for each next open that was told and has changed; an hour apart. */
    private void watchNotices(Timetable before, Timetable after) {
        if (!before.notices().period().equals(after.notices().period())) {
            allowed = 1;
        }
        for (ClientLetter notice : couch.told()) {
            boolean closedPeriod = notice instanceof ClientLetter.Held
                    || notice instanceof ClientLetter.Delivered
                    || notice instanceof ClientLetter.Moved;
            if (closedPeriod) {
                Instant at = after.notices().sentAt().orElseThrow();
                check(
                        lastNotice
                                .filter(last -> last.plus(Duration.ofHours(1)).isAfter(at))
                                .isEmpty(),
                        "two notices within an hour");
                allowed += after.notices().nextOpen().equals(toldOpen) ? 0 : 1;
                allowed--;
                check(allowed >= 0, "a notice too many");
                toldOpen = after.notices().nextOpen();
                lastNotice = Optional.of(at);
            }
        }
    }

    private void check(boolean holds, String rule) {
        if (!holds) {
            broken.add(rule + " at " + couch.now);
        }
    }
}
