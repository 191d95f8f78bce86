package org.therapost.domain.folders;

import java.util.List;
import org.therapost.domain.answers.CannotTellException;

/** The folders of each therapist, by their names. */
public interface TherapistFolders {

    /** Whether the folder is the record of a client's thread, wherever it is and whatever it is called. */
    boolean isClients(String username, String name) throws CannotTellException;

    /** The names of all folders of a therapist, in no order. */
    List<String> names(String username) throws CannotTellException;
}
