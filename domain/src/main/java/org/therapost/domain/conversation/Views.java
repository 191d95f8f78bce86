package org.therapost.domain.conversation;

/** What therapists see of the record: folders. Mail programs change them as they like; the record stays. */
public interface Views {

    /**
     * Brings a thread's folder back: every message of the record that the folder does not show appears in it again, in order of
     * acceptance, as it did when it was filed. A folder that was deleted is made again.
     *
     * @return how many came back; 0 if nothing was missing
     */
    int restore(ThreadId thread) throws CannotTellException;
}
