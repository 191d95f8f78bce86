package org.therapost.domain.sessions.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * The terms of a thread for which nothing was agreed yet.
 *
 * @param zone the therapist's and the client's
 * @param language of notices
 */
public record DefaultTerms(ZoneId zone, Locale language) {

    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*");

    public static final Setting<Optional<ZoneId>> ZONE = Setting.of(
            "sessions.zone",
            "",
            ValueKind.of("a time zone such as Europe/London", DefaultTerms::zone)
                    .orNothing(),
            """
            Time zone of therapist and client until something else is agreed (contract set, client settings), such as \
            Europe/London. Empty: this machine's.
            """);

    public static final Setting<Locale> LANGUAGE_OF_LETTERS = Setting.of(
            "sessions.language",
            "en",
            ValueKind.of("a language: en, de, fr, es, nl, or one that letters.folder has", DefaultTerms::language),
            """
            Language of notes to therapists, and of letters to clients until something else is set for a client: en, \
            de, fr, es, nl.
            """);

    /** The section "Sessions". */
    public static final SettingsSection<DefaultTerms> SECTION = SettingsSection.of(
            DefaultTerms.class,
            "Sessions",
            values -> new DefaultTerms(
                    values.get(ZONE).orElseGet(ZoneId::systemDefault), values.get(LANGUAGE_OF_LETTERS)),
            ZONE,
            LANGUAGE_OF_LETTERS);

    /** The timetable with which a thread begins. */
    public Timetable timetable(ThreadId thread) {
        return Timetable.initial(
                thread,
                Terms.initial(Instant.EPOCH, zone),
                new ClientSettings(zone, language, ClientSettings.Crisis.POINTER, Optional.empty()));
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("no zone", unknown);
        }
    }

    private static Locale language(String text) {
        if (!LANGUAGE.matcher(text).matches()) {
            throw new IllegalArgumentException("no language");
        }
        return Locale.forLanguageTag(text);
    }
}
