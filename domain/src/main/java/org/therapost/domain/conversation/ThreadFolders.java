package org.therapost.domain.conversation;

import org.therapost.domain.answers.CannotTellException;

/** The folders in which therapists see the record. Mail programs change folders; the record stays. */
public interface ThreadFolders {

    /**
     * Restores a thread's folder: every message of the record that the folder does not show is added to it
     * again, in the order of acceptance, as when it was filed. A deleted folder is made again.
     *
     * @return how many messages were added; 0 if nothing was missing
     */
    int restore(ThreadId thread) throws CannotTellException;
}
