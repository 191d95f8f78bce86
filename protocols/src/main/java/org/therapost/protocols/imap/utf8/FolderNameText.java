package org.therapost.protocols.imap.utf8;

import java.util.Optional;
import org.apache.james.imap.api.display.ModifiedUtf7;

/** Names of folders in modified UTF-7 (RFC 3501 section 5.1.3). */
public final class FolderNameText {

    private FolderNameText() {}

    /** What is meant; empty if it is not in modified UTF-7, and so the name of no folder. */
    public static Optional<String> decoded(String name) {
        try {
            return Optional.of(ModifiedUtf7.decodeModifiedUTF7(name));
        } catch (Error malformed) {
            // What Charset.decode throws, because the decoder reports what it is told to replace.
            return Optional.empty();
        }
    }
}
