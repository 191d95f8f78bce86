package org.therapost.domain.conversation.incoming;

import java.util.List;

/** Finds the OpenPGP certificates that authors send along with their mail. */
public interface KeysInMail {

    /**
     * Those that the author's signature covers; what it does not cover is left out, since somebody else may have put it there.
     *
     * @param sender as the whole mail was authenticated
     */
    List<FoundKey> of(ArrivedMail mail, AuthenticSender sender);
}
