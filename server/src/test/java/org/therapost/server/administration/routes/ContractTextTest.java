package org.therapost.server.administration.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.ThreadMode;

class ContractTextTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Terms INITIAL = Terms.initial(NOW, ZoneId.of("Europe/London"));

    @Test
    void what_is_not_named_stays_as_it_was() throws Exception {
        Terms changed = changed(Map.of("policy", "HOLD", "max-hold", "3d"));

        assertThat(changed.policy()).isEqualTo(OutsideMailPolicy.HOLD);
        assertThat(changed.maxHold()).isEqualTo(Duration.ofDays(3));
        assertThat(changed.mode()).isEqualTo(ThreadMode.ASYNCHRONOUS);
        assertThat(changed.grace()).isEqualTo(INITIAL.grace());
        assertThat(changed.cycle()).isEmpty();
    }

    @Test
    void letters_have_a_cut_off_and_working_days() throws Exception {
        Terms.CycleTerms cycle = changed(Map.of(
                        "cut-off", "sun 9:30",
                        "reply-within", "2",
                        "working-days", "mon, tue,THU",
                        "holidays", "2026-12-25,2026-12-26",
                        "word-limit", "800"))
                .cycle()
                .orElseThrow();

        assertThat(cycle.cutOff().day()).isEqualTo(DayOfWeek.SUNDAY);
        assertThat(cycle.cutOff().time()).isEqualTo(LocalTime.of(9, 30));
        assertThat(cycle.replyWithin()).isEqualTo(2);
        assertThat(cycle.workingDays())
                .containsExactlyInAnyOrder(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.THURSDAY);
        assertThat(cycle.holidays()).contains(LocalDate.of(2026, 12, 26));
        assertThat(cycle.wordLimit()).hasValue(800);
    }

    @Test
    void none_takes_away_what_was_agreed() throws Exception {
        Terms agreed = changed(Map.of("urgent-word", "urgent", "cut-off", "FRI 12:00"));

        Terms without = ContractText.changed(agreed, request(Map.of("urgent-word", "none", "cut-off", "none")), NOW);

        assertThat(agreed.urgentWord()).contains("urgent");
        assertThat(without.urgentWord()).isEmpty();
        assertThat(without.cycle()).isEmpty();
    }

    @Test
    void what_is_wrong_is_said_in_one_line() {
        assertRefused(Map.of("mode", "silent"), "mode is one of asynchronous, live, messaging");
        assertRefused(Map.of("grace", "31m"), "grace is from");
        assertRefused(Map.of("grace", "soon"), "grace is a number of minutes");
        assertRefused(Map.of("zone", "Atlantis"), "Atlantis");
        assertRefused(Map.of("reply-within", "3"), "needs cut-off");
        assertRefused(Map.of("cut-off", "18:00"), "cut-off is a day and a time");
        assertRefused(Map.of("cut-off", "SUN 18:00", "working-days", "none"), "at least one working day");
    }

    @Test
    void peoples_own_words_are_not_shown() throws Exception {
        Map<String, Object> shown =
                ContractText.describe(changed(Map.of("urgent-word", "urgent", "back-up-plan", "ring me")));

        assertThat(shown).containsEntry("urgent-word", "set").containsEntry("back-up-plan", "set");
    }

    private static void assertRefused(Map<String, String> terms, String why) {
        assertThatThrownBy(() -> changed(terms))
                .isInstanceOf(EnrolmentException.class)
                .hasMessageContaining(why);
    }

    private static Terms changed(Map<String, String> terms) throws EnrolmentException {
        return ContractText.changed(INITIAL, request(terms), NOW);
    }

    private static Request request(Map<String, String> terms) {
        return new Request("thread@practice.example", new ObjectMapper().valueToTree(terms), List.of());
    }
}
