package org.therapost.mailets.letters;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.office.OfficeNote;

/** The words of notes about clients' OpenPGP keys. */
final class ClientKeyWording {

    private final WordingPhrases phrases;

    ClientKeyWording(WordingPhrases phrases) {
        this.phrases = phrases;
    }

    Wording of(OfficeNote.OfClientKey note) {
        if (note instanceof OfficeNote.KeyWaits waits) {
            return words(
                    "key-waits",
                    phrases.text(
                            "key-waits." + source(waits),
                            Map.of(
                                    "mailbox",
                                    waits.mailbox().map(EmailAddress::value).orElse(""))),
                    phrases.text("key-waits." + key(waits.beside())),
                    phrases.text("key-waits.next"));
        }
        if (note instanceof OfficeNote.KeyQuestion question) {
            return question(question);
        }
        if (note instanceof OfficeNote.KeyAnswer answer) {
            return words("key-answer", phrases.text("key-answer." + key(answer.said())));
        }
        if (note instanceof OfficeNote.KeyTaken) {
            return textAndNext("key-taken");
        }
        if (note instanceof OfficeNote.KeyRemoved removed) {
            return words(
                    "key-removed", phrases.text("key-removed." + key(removed.key())), phrases.text("key-removed.next"));
        }
        return textAndNext("key-ended");
    }

    private Wording textAndNext(String kind) {
        return words(kind, phrases.text(kind + ".text"), phrases.text(kind + ".next"));
    }

    private static String source(OfficeNote.KeyWaits waits) {
        return switch (waits.source()) {
            case MAIL, EARLIER -> "mail";
            case OPERATOR -> "operator";
        };
    }

    private Wording question(OfficeNote.KeyQuestion question) {
        Map<String, String> phrase = Map.of("phrase", question.phrase().text());
        String confirm = phrases.text("key-question.confirm", phrase);
        String refuse = phrases.text("key-question.refuse", phrase);
        String standing = phrases.text("key-question." + key(question.standing()));
        String how = phrases.text("key-question.how", Map.of("fingerprint", groups(question.fingerprint())));
        return switch (question.asked()) {
            case CONFIRM -> words("key-question", standing, how, confirm, refuse);
            case REFUSE -> words("key-question", standing, how, refuse);
        };
    }

    /** In groups of four, as most programs show a fingerprint. */
    private static String groups(String fingerprint) {
        return fingerprint.toUpperCase(Locale.ROOT).replaceAll("(.{4})(?=.)", "$1 ");
    }

    private static String key(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Wording words(String kind, String... paragraphs) {
        return new Wording(phrases.text(kind + ".subject"), List.of(paragraphs));
    }
}
