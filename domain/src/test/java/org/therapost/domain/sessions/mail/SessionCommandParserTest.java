package org.therapost.domain.sessions.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.sessions.Couch;

class SessionCommandParserTest {

    private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");

    private static Optional<SessionCommand> read(String subject) {
        return SessionCommandParser.read(subject, Couch.LONDON, NOW);
    }

    @Test
    void open_takes_minutes_or_the_agreed_length() {
        assertThat(read("session open 20")).contains(new SessionCommand.Open(Optional.of(Duration.ofMinutes(20))));
        assertThat(read("session open now 20")).contains(new SessionCommand.Open(Optional.of(Duration.ofMinutes(20))));
        assertThat(read("session open")).contains(new SessionCommand.Open(Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Session: open 20",
                "session open 20 min",
                "session open 20min.",
                "SESSION OPEN FOR 20 MINUTES",
                "session\topen\u00a020"
            })
    void the_ways_in_which_people_write_a_number_of_minutes_are_understood(String subject) {
        assertThat(read(subject)).contains(new SessionCommand.Open(Optional.of(Duration.ofMinutes(20))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session propose 2026-12-01 9:30 50",
                "session propose 2026-12-01T09:30 50 min",
                "session  propose  2026-12-01  09:30  50"
            })
    void the_ways_in_which_people_write_a_time_are_understood(String subject) {
        assertThat(read(subject))
                .contains(new SessionCommand.Propose(
                        Instant.parse("2026-12-01T09:30:00Z"), Optional.of(Duration.ofMinutes(50))));
    }

    @Test
    void extend_takes_minutes() {
        assertThat(read("session extend 10")).contains(new SessionCommand.Extend(Duration.ofMinutes(10)));
    }

    @Test
    void propose_takes_the_therapists_local_time() {
        assertThat(read("session propose 2026-12-01 18:00 50"))
                .contains(new SessionCommand.Propose(
                        Instant.parse("2026-12-01T18:00:00Z"), Optional.of(Duration.ofMinutes(50))));
        assertThat(read("session propose 2027-06-01 18:00"))
                .contains(new SessionCommand.Propose(Instant.parse("2027-06-01T17:00:00Z"), Optional.empty()));
    }

    @Test
    void cancel_means_the_next_or_the_one_that_opens_then() {
        assertThat(read("session cancel")).contains(new SessionCommand.Cancel(Optional.empty()));
        assertThat(read("session cancel 2026-12-01 18:00"))
                .contains(new SessionCommand.Cancel(Optional.of(Instant.parse("2026-12-01T18:00:00Z"))));
    }

    @Test
    void list_and_reply_by_are_understood() {
        assertThat(read("session list")).contains(new SessionCommand.List());
        assertThat(read("session reply-by 2026-12-01"))
                .contains(new SessionCommand.ReplyBy(Instant.parse("2026-12-01T18:00:00Z")));
        assertThat(read("session reply-by 2026-12-01 09:30"))
                .contains(new SessionCommand.ReplyBy(Instant.parse("2026-12-01T09:30:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"session list", "Session LIST", "  session   list "})
    void case_and_spaces_do_not_matter(String subject) {
        assertThat(read(subject)).contains(new SessionCommand.List());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Re: session cancel", "AW: RE: Session open 600", "Re[2]: session list", "Fwd: session"})
    void what_a_client_wrote_into_a_subject_is_no_command_of_the_therapist_who_answers(String subject) {
        assertThat(read(subject)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session",
                "session help",
                "session opne 20",
                "session open 0",
                "session open 9999",
                "session extend",
                "session propose tomorrow 18:00",
                "session propose 2026-02-30 18:00",
                "session propose 2025-12-01 18:00",
                "session propose +999999999-12-01 18:00",
                "session reply-by +10000-01-01",
                "session reply-by 2026-11-01",
                "session on wednesday",
                "session:",
                "session propose 2026-12-01 25:00",
                "session cancel 2026-12-01",
                "session open twenty"
            })
    void what_is_not_understood_is_answered_with_help(String subject) {
        assertThat(read(subject)).contains(new SessionCommand.Help());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "sessions", "our session", "Re: sessionlist"})
    void other_subjects_are_no_commands(String subject) {
        assertThat(read(subject)).isEmpty();
    }

    @Test
    void an_answer_for_the_next_open_is_marked_in_its_subject() {
        assertThat(SessionCommandParser.atOpen("[at open] Re: hello")).contains("Re: hello");
        assertThat(SessionCommandParser.atOpen("Re: [At Open] hello")).contains("Re: hello");
        assertThat(SessionCommandParser.atOpen("Re: hello [at open]")).isEmpty();
        assertThat(SessionCommandParser.atOpen("Re: hello")).isEmpty();
    }
}
