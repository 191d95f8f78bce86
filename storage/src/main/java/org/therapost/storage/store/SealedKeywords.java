package org.therapost.storage.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;

/**
 * Keywords of messages. Mail programs make them of the names that people give to their tags, which can be a diagnosis:
 * they are stored sealed, each for itself.
 */
public final class SealedKeywords {

    private final ServerKey key;

    public SealedKeywords(ServerKey key) {
        this.key = key;
    }

    /** Keywords as they are stored. */
    public String[] seal(Collection<String> sealedKeywords) {
        return sealedKeywords.stream()
                .map(keyword ->
                        Base64.getEncoder().encodeToString(key.sealUnbound(keyword, SealingPurpose.MESSAGE_KEYWORD)))
                .toArray(String[]::new);
    }

    /** Stored keywords. */
    public List<String> open(Collection<String> sealed) {
        return sealed.stream().map(this::open).distinct().toList();
    }

    private String open(String sealed) {
        try {
            return new String(
                    key.openUnbound(Base64.getDecoder().decode(sealed), SealingPurpose.MESSAGE_KEYWORD), UTF_8);
        } catch (SealedException wrong) {
            throw new IllegalStateException("a keyword does not open: is this the server key of this database?", wrong);
        }
    }
}
