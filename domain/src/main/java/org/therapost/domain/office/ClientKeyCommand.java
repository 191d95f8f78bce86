package org.therapost.domain.office;

import java.util.Locale;
import java.util.Optional;
import org.therapost.domain.clientkeys.ComparisonPhrase;

/**
 * What a therapist orders about a client's OpenPGP key, in any of the five languages:
 *
 * <pre>
 * confirm Alice                          what is to be compared with her
 * confirm Alice five words of a phrase   it was compared, and is hers
 * refuse Alice                           the key that waits is not hers
 * refuse Alice five words of a phrase    that key is not hers, be it in use or not
 * </pre>
 *
 * @param rest the client's name and the words, as far as they are there
 */
record ClientKeyCommand(Verb verb, String rest) {

    /** What is ordered. */
    enum Verb {
        CONFIRM,
        REFUSE;

        private static Optional<Verb> of(String word) {
            return switch (word.toLowerCase(Locale.ROOT).replaceFirst(":$", "")) {
                case "confirm", "best\u00e4tigen", "bestaetigen", "confirmer", "confirmar", "bevestigen" ->
                    Optional.of(CONFIRM);
                case "refuse", "ablehnen", "refuser", "rechazar", "weigeren" -> Optional.of(REFUSE);
                default -> Optional.empty();
            };
        }
    }

    /** Reads words of which spaces were made single: the verb comes first or, as in German, last. */
    static Optional<ClientKeyCommand> read(String words) {
        int first = words.indexOf(' ');
        if (first < 0) {
            return Verb.of(words).map(verb -> new ClientKeyCommand(verb, ""));
        }
        Optional<Verb> leading = Verb.of(words.substring(0, first));
        if (leading.isPresent()) {
            return leading.map(verb -> new ClientKeyCommand(verb, words.substring(first + 1)));
        }
        int last = words.lastIndexOf(' ');
        return Verb.of(words.substring(last + 1)).map(verb -> new ClientKeyCommand(verb, words.substring(0, last)));
    }

    /** Whether words are nothing, or as many as a phrase has. */
    static boolean isPhrase(String words) {
        return words.isBlank() || words.strip().split("[^\\p{L}]+").length == ComparisonPhrase.LENGTH;
    }

    /** Without the name of a client. */
    ClientKeyCommand saying(String otherRest) {
        return new ClientKeyCommand(verb, otherRest);
    }

    @Override
    public String toString() {
        return "ClientKeyCommand[" + verb + "]";
    }
}
