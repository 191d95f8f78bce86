package org.therapost.mailets.traits;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.therapost.domain.sessions.calendar.Participation;

/**
 * An invitation answered in plain words. Only short lines that can mean nothing else count: better to ask the therapist to
 * read than to cancel a session by a misread sentence.
 */
final class PlainTextAnswer {

    private static final int LONGEST = 60;
    private static final int MOST_WORDS = 8;

    private static final Pattern GREETING = Pattern.compile(
            "(?iu)(hi|hello|hey|dear|good (morning|afternoon|evening)|hallo|lieber?|liebes?|guten (tag|morgen|abend)|bonjour"
                    + "|bonsoir|ch[eè]re?|hola|buen[oa]s|estimad[oa]|beste|dag|goede(morgen|middag|navond))\\b.{0,40}[,!.]?");

    private static final Set<String> THANKS = Set.of(
            "thanks",
            "thank you",
            "many thanks",
            "thank you very much",
            "please",
            "danke",
            "vielen dank",
            "bitte",
            "merci",
            "merci beaucoup",
            "gracias",
            "muchas gracias",
            "bedankt",
            "dank u",
            "dank je");

    private static final Set<String> REGRETS = Set.of(
            "sorry",
            "i'm sorry",
            "i am sorry",
            "unfortunately",
            "leider",
            "tut mir leid",
            "desole",
            "desolee",
            "malheureusement",
            "lo siento",
            "helaas");

    private static final Set<String> YES = Set.of(
            // English
            "yes",
            "yes please",
            "ok",
            "okay",
            "sure",
            "gladly",
            "yes gladly",
            "yes thank you",
            "yes thanks",
            "fine",
            "that works",
            "works for me",
            "yes that works",
            "i will be there",
            "i'll be there",
            "see you then",
            "see you",
            "see you there",
            "i can make it",
            "that works for me",
            "that's fine",
            "that is fine",
            "perfect",
            "great",
            "accepted",
            "confirmed",
            "y",
            "yep",
            "yes ok",
            "ok thanks",
            "ok thank you",
            // German
            "ja",
            "ja gerne",
            "ja gern",
            "gerne",
            "gern",
            "passt",
            "ja passt",
            "das passt",
            "ja das passt",
            "ja danke",
            "in ordnung",
            "einverstanden",
            "ja bitte",
            "ich komme",
            "ich bin dabei",
            "bis dann",
            // French
            "oui",
            "oui merci",
            "d'accord",
            "oui d'accord",
            "volontiers",
            "avec plaisir",
            "oui avec plaisir",
            "ca me va",
            "ca marche",
            "entendu",
            "je serai la",
            // Spanish
            "si",
            "si gracias",
            "de acuerdo",
            "vale",
            "claro",
            "si claro",
            "con gusto",
            "me va bien",
            "alli estare",
            // Dutch
            "ja graag",
            "graag",
            "prima",
            "dat is goed",
            "is goed",
            "akkoord",
            "ja hoor",
            "ja prima",
            "dat past",
            "tot dan");

    private static final Set<String> PERHAPS = Set.of(
            "perhaps",
            "maybe",
            "possibly",
            "not sure",
            "i am not sure",
            "i'm not sure",
            "not sure yet",
            "i don't know yet",
            "vielleicht",
            "eventuell",
            "weiss noch nicht",
            "ich weiss noch nicht",
            "mal sehen",
            "peut-etre",
            "je ne sais pas encore",
            "pas sur",
            "pas sure",
            "quizas",
            "quiza",
            "tal vez",
            "no lo se todavia",
            "no estoy seguro",
            "no estoy segura",
            "misschien",
            "ik weet het nog niet",
            "wellicht");

    private static final Set<String> NO = Set.of(
            "no",
            "no sorry",
            "sorry no",
            "no thanks",
            "no thank you",
            "can't",
            "i can't",
            "i cannot",
            "cannot",
            "sorry i can't",
            "i can't make it",
            "sorry i can't make it",
            "can't make it",
            "i can't make that",
            "i won't be able to make it",
            "i will not be able to make it",
            "i have to cancel",
            "cannot make it",
            "i cannot make it",
            "i can't come",
            "unfortunately not",
            "declined",
            "n",
            "nope",
            "no i can't",
            "nein",
            "nein danke",
            "leider nicht",
            "leider nein",
            "nein leider nicht",
            "ich kann nicht",
            "ich kann leider nicht",
            "kann leider nicht",
            "geht leider nicht",
            "das geht leider nicht",
            "passt leider nicht",
            "non",
            "non merci",
            "non desole",
            "non desolee",
            "je ne peux pas",
            "malheureusement non",
            "desole non",
            "desolee non",
            "je ne pourrai pas",
            "non malheureusement",
            "no gracias",
            "no puedo",
            "lo siento no puedo",
            "lamentablemente no",
            "no lo siento",
            "no podre",
            "nee",
            "nee sorry",
            "nee helaas",
            "helaas niet",
            "nee helaas niet",
            "ik kan niet",
            "ik kan helaas niet",
            "nee dank u",
            "nee bedankt",
            "lukt niet",
            "het lukt niet");

    private PlainTextAnswer() {}

    /** What the first own line says, after a line that only greets. */
    static Optional<Participation> of(List<String> own) {
        List<String> said = own.stream()
                .limit(2)
                .dropWhile(line -> GREETING.matcher(line).matches())
                .toList();
        if (said.isEmpty() || said.get(0).length() > LONGEST || said.get(0).endsWith("?")) {
            return Optional.empty();
        }
        List<String> words = Arrays.asList(plain(said.get(0)).split(" "));
        // "Yes, that works, thanks": nothing but phrases of one kind, and courtesies.
        if (consistsOf(words, YES, Set.of())) {
            return Optional.of(Participation.ACCEPTED);
        }
        if (consistsOf(words, PERHAPS, REGRETS)) {
            return Optional.of(Participation.TENTATIVE);
        }
        return consistsOf(words, NO, REGRETS) ? Optional.of(Participation.DECLINED) : Optional.empty();
    }

    private static boolean consistsOf(List<String> words, Set<String> phrases, Set<String> regrets) {
        // Whether the first so many words are phrases or courtesies, and whether a phrase is among them.
        boolean[] readable = new boolean[words.size() + 1];
        boolean[] says = new boolean[words.size() + 1];
        readable[0] = true;
        for (int end = 1; end <= words.size(); end++) {
            for (int start = Math.max(0, end - MOST_WORDS); start < end; start++) {
                String phrase = String.join(" ", words.subList(start, end));
                boolean one = phrases.contains(phrase);
                if (readable[start] && (one || THANKS.contains(phrase) || regrets.contains(phrase))) {
                    readable[end] = true;
                    says[end] |= one || says[start];
                }
            }
        }
        return says[words.size()];
    }

    /** Lower case, no accents, straight apostrophes, no punctuation, single spaces. */
    private static String plain(String line) {
        return Normalizer.normalize(line.toLowerCase(Locale.ROOT).replace("ß", "ss"), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replace('\u2019', '\'')
                .replaceAll("[^\\p{L}\\p{Nd}'-]+", " ")
                .strip();
    }
}
