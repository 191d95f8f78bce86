package org.therapost.bench;

/** A contestant whose mailboxes are read over IMAP. */
interface ReadableContestant extends Contestant {

    /** How to read one of the newest mailboxes. */
    Reading reading(Envelope mailbox);
}
