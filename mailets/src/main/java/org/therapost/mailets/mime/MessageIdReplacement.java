package org.therapost.mailets.mime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;

/**
 * Message identifiers as the client's side sees them. A therapist's mail program can put the name of its machine or its
 * maker into them; such identifiers are replaced, each always by the same one, so that conversations stay threaded.
 */
final class MessageIdReplacement {

    private static final int PSEUDONYM = 18;
    private static final int LONGEST = 30;

    private final ServerKey key;
    private final String practiceDomain;
    private final Optional<String> original;

    /**
     * Identifiers of one answer.
     *
     * @param original the one that the therapist's program gave it
     */
    MessageIdReplacement(ServerKey key, String practiceDomain, Optional<String> original) {
        this.key = key;
        this.practiceDomain = practiceDomain;
        this.original = original;
    }

    /** The answer's own; empty if it came without. */
    Optional<String> own() {
        return original.map(id -> neutral(id) ? id : pseudonym(id));
    }

    /**
     * The conversation's: those that the client knows stay, and every other one is replaced as it was, or would have been,
     * when it was sent.
     */
    List<String> conversation(List<String> ids, Set<String> known) {
        return ids.stream().map(id -> known.contains(id) ? id : pseudonym(id)).toList();
    }

    /**
     * At most so many that the field stays short: the first and the last ones, as RFC 5322 section 3.6.4 readers need
     * them.
     */
    static List<String> shortened(List<String> ids) {
        List<String> kept = new ArrayList<>(ids);
        while (kept.size() > LONGEST) {
            kept.remove(1);
        }
        return kept;
    }

    /** A name under the practice's domain would be that of a machine there. */
    private boolean neutral(String id) {
        return id.substring(id.lastIndexOf('@') + 1, id.length() - 1).equalsIgnoreCase(practiceDomain);
    }

    private String pseudonym(String id) {
        byte[] digest = Arrays.copyOf(key.pseudonym(id, SealingPurpose.MESSAGE_ID), PSEUDONYM);
        return "<" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + "@" + practiceDomain + ">";
    }
}
