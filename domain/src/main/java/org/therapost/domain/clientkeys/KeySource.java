package org.therapost.domain.clientkeys;

/** How a client's certificate came to the server. */
public enum KeySource {
    /** With the client's own mail, whose signature covers it. */
    MAIL,
    /** Those who run the server put it on file: that says nothing about whose it is. */
    OPERATOR,
    /** It was on file before there were states of keys. */
    EARLIER
}
