package org.therapost.domain.record;

/** How a row of the record differs from what the server wrote. */
public enum RecordFault {
    /** The chain does not know the message. */
    NOT_IN_CHAIN("was not filed by this server: the chain of the record does not know it"),
    /** It stands in another thread than the one into which it was filed. */
    MOVED("was moved here from another thread"),
    /** Its header section is not what was accepted. */
    HEADER_CHANGED("has another header section than was accepted; the content itself may be right"),
    /** Its content is not what was accepted. */
    CONTENT_CHANGED("has another content than was accepted"),
    /** Its number, acceptance instant, direction, or the tag before it is not what it was. */
    PLACE_CHANGED("has another acceptance instant, direction, or place in the order than it had when it was accepted"),
    /** It is gone, and nothing says that it was erased. */
    GONE("is gone, and there is no tombstone that says why"),
    /** Its tombstone was not made by this server. */
    FORGED_TOMBSTONE("is marked as erased, and this server has not written that mark"),
    /** A number has no entry. */
    NUMBER_MISSING("is missing: neither a message nor a tombstone has this number"),
    /** The head of the chain is not the last entry. */
    END_CHANGED(
            "is the last one that is there, and the head of the chain says otherwise: the end was cut off or changed"),
    /** The thread has no head, although all threads were chained. */
    HEAD_MISSING("has no head any more, so that nothing can be filed into it");

    private final String sentence;

    RecordFault(String sentence) {
        this.sentence = sentence;
    }

    /** What is wrong with "the message", as the rest of a sentence. */
    public String sentence() {
        return sentence;
    }
}
