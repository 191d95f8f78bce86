package org.therapost.storage.james.mailbox;

import com.github.fge.lambdas.Throwing;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.apache.james.mailbox.model.Content;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.FetchGroup.Profile;
import org.apache.james.mailbox.model.MimePath;
import org.apache.james.mailbox.store.MessageResultImpl;

/**
 * A message of which only bodies of parts are asked for. James would cut out the part for each piece of it that a program
 * fetches; an attachment in four hundred pieces would be cut out four hundred times.
 */
final class SealedMessageResult extends MessageResultImpl {

    private final SealedMailboxMessage message;

    SealedMessageResult(SealedMailboxMessage message) {
        super(message);
        this.message = message;
    }

    /** Whether a fetch wants nothing of parts but their bodies. */
    static boolean serves(FetchGroup group) {
        return !group.getPartContentDescriptors().isEmpty()
                && group.getPartContentDescriptors().stream()
                        .allMatch(part -> part.profiles().equals(EnumSet.of(Profile.MIME_CONTENT)));
    }

    @Override
    public Content getMimeBody(MimePath path) {
        List<Integer> positions = Arrays.stream(path.getPositions()).boxed().toList();
        // James's signature has no place for "it stays sealed".
        return Throwing.supplier(() -> message.part(positions)).sneakyThrow().get();
    }
}
