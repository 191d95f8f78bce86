package org.therapost.mailets.traits;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.therapost.domain.sealing.MailContent;

/**
 * Whether a calendar's message has words of a person beside what the program writes by itself. Where there is doubt they
 * count: it costs a sentence in a note, and nobody's words are dropped in silence.
 */
public final class PersonalTextDetector {

    private static final Pattern ADDRESS_OR_LINK = Pattern.compile("\\S+@\\S+|\\b\\w{2,10}://\\S+|<[^>]*>");

    /** What programs call the lines in which they repeat the event, in the languages of our letters. */
    private static final Pattern LABEL =
            Pattern.compile("(?iu)^\\W*(when|where|who|what|title|subject|calendar|organi[sz]er"
                    + "|summary|location|attendees|guests|invitees|time|time zone|wann|wo|wer|titel|betreff|kalender|ort|zeit"
                    + "|organisator|teilnehmer|quand|où|qui|titre|objet|agenda|calendrier|lieu|organisateur|participants"
                    + "|cuándo|dónde|quién|título|asunto|calendario|lugar|organizador|wanneer|waar|wie|onderwerp|locatie"
                    + "|tijd|deelnemers)\\s*:.*");

    private static final Pattern ROUTINE = Pattern.compile("(?iu)\\W*(you have been invited( to the following event)?"
            + "|(event )?invitation|updated invitation|cancell?ed event|this event has been (updated|cancell?ed)"
            + "|has (invited you( to)?|cancell?ed|updated)|invitation from google calendar"
            + "|view (all )?guest info|sie wurden zu (folgendem|dem folgenden) termin eingeladen|einladung"
            + "|vous (avez été|êtes) invité(e)? à (cet|l’|l')?\\s?événement( suivant)?|invitation à un événement"
            + "|te han invitado al siguiente evento|invitación|u bent uitgenodigd voor( de volgende)? afspraak|uitnodiging"
            + ")?\\W*");

    private PersonalTextDetector() {}

    /**
     * Whether a mail has such words.
     *
     * @param event what the event itself says: its title and its place, which are repeated in the text
     * @param descriptions free texts of the event
     */
    public static boolean in(MailContent mail, Collection<String> event, Collection<String> descriptions) {
        return MessageText.all(mail).stream()
                        .flatMap(text -> NewTextExtractor.lines(text).stream())
                        .anyMatch(line -> isPersons(line, event))
                || descriptions.stream().flatMap(text -> text.lines()).anyMatch(line -> isPersons(line, event));
    }

    private static boolean isPersons(String line, Collection<String> event) {
        String rest = ADDRESS_OR_LINK.matcher(line).replaceAll(" ");
        for (String value : event) {
            rest = value.isBlank() ? rest : rest.replace(value.strip(), " ");
        }
        return NewTextExtractor.count(List.of(rest)) > 0
                && !LABEL.matcher(rest).matches()
                && !ROUTINE.matcher(rest).matches();
    }
}
