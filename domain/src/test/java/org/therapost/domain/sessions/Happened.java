package org.therapost.domain.sessions;

/**
 * One thing that happens in a random history.
 *
 * @param minutes after the one before; less than nothing if the clock was set back
 * @param number whatever a number decides about it
 */
record Happened(What what, int minutes, int number) {

    enum What {
        MAIL,
        AUTOMATIC_MAIL,
        STRANGER,
        TIME,
        INVITATION,
        MOVE,
        CANCELLATION,
        ACCEPTED,
        DECLINED,
        ANSWER,
        OPEN,
        EXTEND,
        CANCEL
    }
}
