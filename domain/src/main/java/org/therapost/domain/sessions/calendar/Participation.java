package org.therapost.domain.sessions.calendar;

/** How an invitation is answered ({@code PARTSTAT}, RFC 5545 section 3.2.12). */
public enum Participation {
    ACCEPTED,
    TENTATIVE,
    DECLINED
}
