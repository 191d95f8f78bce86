package org.therapost.bench.contestants;

import org.therapost.bench.load.LoadTarget;
import org.therapost.bench.load.ReadTarget;

/** A contestant whose mailboxes are read over IMAP. */
public interface ReadableContestant extends Contestant {

    /** How to read one of the newest mailboxes. */
    ReadTarget reading(LoadTarget mailbox);
}
