package org.therapost.mailets.mime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.therapost.domain.sealing.SpoolKey;

/**
 * Message identifiers as the client's side sees them. A therapist's mail program can put the name of its machine or its
 * maker into them; such identifiers are replaced, each always by the same one, so that conversations stay threaded.
 */
final class MessageIds {

    private static final int PSEUDONYM = 18;
    private static final int LONGEST = 30;

    private final SpoolKey key;
    private final String practiceDomain;
    private final Optional<String> original;

    /**
     * Identifiers of one answer.
     *
     * @param original the one that the therapist's program gave it
     */
    MessageIds(SpoolKey key, String practiceDomain, Optional<String> original) {
        this.key = key;
        this.practiceDomain = practiceDomain;
        this.original = original;
    }

    /** The answer's own; empty if it came without. */
    Optional<String> own() {
        return original.map(id -> ours(id) ? id : pseudonym(id));
    }

    /**
     * The conversation's, at most so many that the field stays short: the first and the last ones, as RFC 5322 section
     * 3.6.4 readers need them. Those of the client's program stay; those of the therapist's program, known by the domain
     * that it also gave this answer, are replaced as they were when they were sent.
     */
    List<String> conversation(List<String> ids) {
        List<String> kept = new ArrayList<>(ids);
        while (kept.size() > LONGEST) {
            kept.remove(1);
        }
        return kept.stream().map(id -> foreignToClient(id) ? pseudonym(id) : id).toList();
    }

    private boolean foreignToClient(String id) {
        return !ours(id)
                && original.map(MessageIds::domain).filter(domain(id)::equals).isPresent();
    }

    private boolean ours(String id) {
        String domain = domain(id);
        return domain.equals(practiceDomain) || domain.endsWith("." + practiceDomain);
    }

    private String pseudonym(String id) {
        byte[] digest = Arrays.copyOf(key.pseudonym(id, "message.id"), PSEUDONYM);
        return "<" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + "@" + practiceDomain + ">";
    }

    private static String domain(String id) {
        return id.substring(id.lastIndexOf('@') + 1, id.length() - 1).toLowerCase(Locale.ROOT);
    }
}
