package org.therapost.domain.exchangers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Which exchangers count as Alice's server. */
class ExchangerPinTest {

    private static final String DOMAIN = "provider.example";
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final MailExchangers OLD = exchangers("mx1.provider.example", "mx2.provider.example");
    private static final MailExchangers NEW = exchangers("mx.elsewhere.example");
    private static final KnownProviders BIG = KnownProviders.read(
            List.of("# the big one", "Big: mx.big.example *.in.big.example", "Other: *.other.example"));

    private static MailExchangers exchangers(String... names) {
        return new MailExchangers(DOMAIN, List.of(names));
    }

    private static ExchangerPin seen(ExchangerPin pin, MailExchangers seen, Instant now, Instant... mails) {
        Optional<Instant> last = mails.length == 0 ? Optional.empty() : Optional.of(mails[mails.length - 1]);
        return pin.seen(seen, BIG, now, last);
    }

    @Test
    void other_names_than_the_pinned_ones_are_never_allowed_at_once_whatever_their_certificates() {
        ExchangerPin after = seen(ExchangerPin.of(OLD), NEW, NOON, NOON.minusSeconds(1));

        assertThat(after.allowed(NEW, BIG)).isEmpty();
        assertThat(after.pinned()).contains(OLD);
        assertThat(after.candidate().map(NewExchangers::exchangers)).contains(NEW);
    }

    @Test
    void a_name_beside_the_pinned_ones_is_left_out() {
        MailExchangers mixed = exchangers("mx2.provider.example", "mx.evil.example");
        ExchangerPin after = seen(ExchangerPin.of(OLD), mixed, NOON);

        assertThat(after.allowed(mixed, BIG)).containsExactly("mx2.provider.example");
        assertThat(after.candidate()).isPresent();
    }

    @Test
    void what_is_named_again_forgets_the_others() {
        ExchangerPin attacked = seen(ExchangerPin.of(OLD), NEW, NOON);
        ExchangerPin after = seen(attacked, exchangers("MX1.provider.example."), NOON.plusSeconds(60));

        assertThat(after.allowed(OLD, BIG)).isEqualTo(OLD.names());
        assertThat(after.candidate()).isEmpty();
    }

    /** The therapist is told an hour after the first look. */
    @Test
    void new_ones_are_adopted_72_hours_after_the_therapist_was_told_and_with_mail_since_not_one_without_the_others() {
        Instant told = NOON.plus(Duration.ofHours(1));
        Instant due = told.plus(Duration.ofDays(3));
        ExchangerPin pin = looked(seen(ExchangerPin.of(OLD), NEW, NOON).told(NEW, told), NEW, NOON, due);
        ExchangerPin untold = looked(ExchangerPin.of(OLD), NEW, NOON, due);

        assertThat(seen(pin, NEW, due.minusNanos(1), told.plusSeconds(1)).pinned())
                .contains(OLD);
        assertThat(seen(pin, NEW, due, told).pinned()).as("mail of before").contains(OLD);
        assertThat(seen(pin, NEW, due).pinned()).as("no mail at all").contains(OLD);
        assertThat(seen(untold, NEW, due.plus(Duration.ofHours(20)), due).pinned())
                .as("she knows nothing of it")
                .contains(OLD);
        assertThat(seen(pin, NEW, due, told.plusNanos(1)).pinned()).contains(NEW);
    }

    private static ExchangerPin looked(ExchangerPin pin, MailExchangers at, Instant from, Instant to) {
        ExchangerPin after = pin;
        for (Instant look = from; look.isBefore(to); look = look.plus(Duration.ofHours(3))) {
            after = seen(after, at, look, look);
        }
        return after;
    }

    @Test
    void what_the_therapist_was_told_of_is_that_set_and_no_other() {
        ExchangerPin pin = seen(ExchangerPin.of(OLD), NEW, NOON);

        assertThat(pin.told(OLD, NOON)).isEqualTo(pin);
        assertThat(ExchangerPin.of(OLD).told(NEW, NOON)).isEqualTo(ExchangerPin.of(OLD));
        assertThat(pin.told(NEW, NOON).candidate().flatMap(NewExchangers::toldAt))
                .contains(NOON);
        assertThat(pin.told(NEW, NOON).told(NEW, NOON.plusSeconds(1))).isEqualTo(pin.told(NEW, NOON));
    }

    @Test
    void what_is_named_for_four_hours_is_news_once() {
        ExchangerPin pin = seen(ExchangerPin.of(OLD), NEW, NOON);
        Instant later = NOON.plus(Duration.ofHours(4));

        assertThat(news(seen(pin, NEW, later.minusNanos(1)))).isFalse();
        assertThat(news(seen(pin, NEW, later))).isTrue();
        assertThat(news(seen(pin, NEW, later).told(NEW, later))).isFalse();
    }

    private static boolean news(ExchangerPin pin) {
        return pin.candidate().filter(NewExchangers::areNews).isPresent();
    }

    @Test
    void who_was_not_looked_at_for_a_day_begins_anew() {
        ExchangerPin pin = seen(ExchangerPin.of(OLD), NEW, NOON);
        Instant later = NOON.plus(Duration.ofHours(80));

        assertThat(seen(pin, NEW, later, NOON.plusSeconds(1)).pinned()).contains(OLD);
        assertThat(seen(pin, NEW, later).candidate().map(NewExchangers::since)).contains(later);
    }

    @Test
    void a_consent_from_before_pins_takes_what_is_seen_first_and_only_that() {
        ExchangerPin pin = seen(ExchangerPin.OF_EARLIER_CONSENT, OLD, NOON);

        assertThat(pin).isEqualTo(ExchangerPin.of(OLD));
        assertThat(seen(pin, NEW, NOON).allowed(NEW, BIG)).isEmpty();
        assertThat(seen(ExchangerPin.NONE, OLD, NOON).allowed(OLD, BIG)).isEmpty();
    }

    @Test
    void a_consent_that_is_recorded_again_keeps_its_pin_unless_the_mailbox_is_in_another_domain() {
        ExchangerPin pin = ExchangerPin.of(OLD);
        MailExchangers moved = new MailExchangers("elsewhere.example", List.of("mx.elsewhere.example"));

        assertThat(pin.consented(Optional.of(NEW))).isEqualTo(pin);
        assertThat(pin.consented(Optional.empty())).isEqualTo(pin);
        assertThat(pin.consented(Optional.of(moved))).isEqualTo(ExchangerPin.of(moved));
        assertThat(pin.allowed(moved, BIG)).isEmpty();
        assertThat(ExchangerPin.OF_EARLIER_CONSENT.consented(Optional.empty())).isEqualTo(ExchangerPin.NONE);
    }

    @Test
    void who_is_pinned_to_one_host_of_a_large_provider_is_pinned_to_all_of_it() {
        ExchangerPin pin = ExchangerPin.of(exchangers("mx.big.example"));
        MailExchangers others =
                exchangers("a.in.big.example", "b.c.in.big.example", "in.big.example", "x.other.example");

        assertThat(pin.allowed(others, BIG)).containsExactly("a.in.big.example", "b.c.in.big.example");
        assertThat(ExchangerPin.of(OLD).allowed(others, BIG)).isEmpty();
    }

    @Test
    void a_table_of_providers_says_what_is_wrong_with_it() {
        for (String wrong :
                List.of("Big mx.big.example", "Big:", ": mx.big.example", "Big: *.com", "Big: not_a_host")) {
            assertThatThrownBy(() -> KnownProviders.read(List.of("# ok", wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("line 2: ");
        }
        assertThatThrownBy(() -> KnownProviders.read(List.of("A: mx.a.example", "B: mx.a.example")))
                .hasMessageContaining("twice");
    }

    /** What the therapist was told. */
    record Note(MailExchangers about, Instant at) {}

    /** One look, mail of the client's, or a note, so many hours after the one before. */
    record Happening(int hours, int look) {}

    @Provide
    Arbitrary<List<Happening>> happenings() {
        Arbitrary<Integer> look = Arbitraries.frequency(
                net.jqwik.api.Tuple.of(8, 1),
                net.jqwik.api.Tuple.of(1, 2),
                net.jqwik.api.Tuple.of(3, 3),
                net.jqwik.api.Tuple.of(3, 4),
                net.jqwik.api.Tuple.of(1, 0));
        return Combinators.combine(Arbitraries.integers().between(0, 26), look)
                .as(Happening::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    /**
     * 0 is a look that sees the pinned ones, 1 and 2 are looks that see others, 3 is mail, 4 is a note about what was seen last.
     * Whenever others may be carried to, the history must have a run of looks at them without a gap over a day, a note about them in
     * that run and 72 h before, and mail after the note.
     */
    @Property(tries = 2000)
    void whatever_happens_others_are_carried_to_only_after_the_rule(@ForAll("happenings") List<Happening> happenings) {
        MailExchangers another = exchangers("mx.third.example");
        List<MailExchangers> sets = List.of(OLD, NEW, another);
        ExchangerPin pin = ExchangerPin.of(OLD);
        MailExchangers trusted = OLD;
        List<Instant> looks = new ArrayList<>();
        List<MailExchangers> saw = new ArrayList<>();
        List<Note> notes = new ArrayList<>();
        Optional<Instant> mail = Optional.empty();
        Instant now = NOON;
        for (Happening happening : happenings) {
            now = now.plus(Duration.ofHours(happening.hours()));
            if (happening.look() == 3) {
                mail = Optional.of(now);
                continue;
            }
            if (happening.look() == 4) {
                if (!saw.isEmpty()) {
                    notes.add(new Note(saw.get(saw.size() - 1), now));
                    pin = pin.told(saw.get(saw.size() - 1), now);
                }
                continue;
            }
            MailExchangers named = sets.get(happening.look());
            looks.add(now);
            saw.add(named);
            pin = pin.seen(named, BIG, now, mail);
            boolean allowed = !pin.allowed(named, BIG).isEmpty();
            if (!named.equals(trusted) && allowed) {
                Instant began = beginOfRun(looks, saw);
                Optional<Instant> told = notes.stream()
                        .filter(note -> note.about().equals(named) && !note.at().isBefore(began))
                        .map(Note::at)
                        .findFirst();
                assertThat(told).isPresent();
                assertThat(Duration.between(told.get(), now)).isGreaterThanOrEqualTo(Duration.ofDays(3));
                assertThat(mail.filter(told.get()::isBefore)).isPresent();
                trusted = named;
            } else if (named.equals(trusted)) {
                assertThat(allowed).as("what is trusted stays so").isTrue();
            }
        }
    }

    private static Instant beginOfRun(List<Instant> looks, List<MailExchangers> saw) {
        int last = looks.size() - 1;
        int first = last;
        while (first > 0
                && saw.get(first - 1).equals(saw.get(last))
                && Duration.between(looks.get(first - 1), looks.get(first)).compareTo(Duration.ofDays(1)) <= 0) {
            first--;
        }
        return looks.get(first);
    }
}
