package org.therapost.protocols.smtp.handlers;

import java.util.Arrays;
import org.therapost.domain.sealing.MailContent;
import org.therapost.protocols.limits.MessageLimit;

/**
 * Collects one message from the lines after DATA, in memory: dot-stuffing is taken off (RFC 5321 section 4.5.2), nothing
 * else changes. A bare CR or LF ends it at once, since two servers that disagree on where a line ends disagree on where
 * a message ends.
 *
 * <p>Beyond the limit it stops keeping octets, but follows the lines to their end.
 */
public final class MessageOctets {

    /** Where the message stands. */
    public enum State {
        /** More lines are to come. */
        OPEN,
        /** The line with the single dot has come. */
        COMPLETE,
        /** There was a bare CR or LF, or something after the end. */
        BROKEN
    }

    private static final int FIRST_CAPACITY = 8 * 1024;

    // An announcement is free; memory is not.
    private static final int MOST_ON_TRUST = 64 * 1024;

    private final int limit;
    private byte[] octets;
    private int size;
    private boolean tooLarge;
    private State state = State.OPEN;

    /**
     * Begins a message.
     *
     * @param announced the size that the peer announced, or 0
     */
    public MessageOctets(MessageLimit limit, int announced) {
        this.limit = limit.octets();
        this.octets = new byte[Math.max(FIRST_CAPACITY, Math.min(Math.min(announced, MOST_ON_TRUST), this.limit))];
    }

    /**
     * Takes one or more whole lines, each with its CRLF. Nothing may follow the line with the single dot.
     *
     * @return the state after them
     */
    public State append(byte[] wholeLines) {
        int keptTo = 0;
        int lineStart = 0;
        for (int i = 0; i < wholeLines.length && state == State.OPEN; i++) {
            byte octet = wholeLines[i];
            if (octet == '\r') {
                if (i + 1 == wholeLines.length || wholeLines[i + 1] != '\n') {
                    state = State.BROKEN;
                }
            } else if (octet == '\n') {
                if (i == lineStart || wholeLines[i - 1] != '\r') {
                    state = State.BROKEN;
                } else if (wholeLines[lineStart] == '.') {
                    keep(wholeLines, keptTo, lineStart);
                    keptTo = lineStart + 1;
                    endDottedLine(wholeLines, lineStart, i);
                }
                lineStart = i + 1;
            }
        }
        if (state == State.OPEN) {
            if (lineStart != wholeLines.length) {
                state = State.BROKEN;
                return state;
            }
            keep(wholeLines, keptTo, wholeLines.length);
        }
        return state;
    }

    private void endDottedLine(byte[] lines, int lineStart, int lineEnd) {
        if (lineEnd == lineStart + 2) {
            state = lineEnd + 1 == lines.length ? State.COMPLETE : State.BROKEN;
        }
    }

    private void keep(byte[] from, int start, int end) {
        int length = end - start;
        if (tooLarge || length > limit - size) {
            tooLarge = true;
            octets = new byte[0];
            return;
        }
        if (length > octets.length - size) {
            octets = Arrays.copyOf(octets, (int) Math.min(limit, Math.max(size + length, 2L * octets.length)));
        }
        System.arraycopy(from, start, octets, size, length);
        size += length;
    }

    /** Whether it has more octets than the limit; then they are gone. */
    public boolean tooLarge() {
        return tooLarge;
    }

    /** The message; nothing can be appended after that. */
    public MailContent content() {
        if (state != State.COMPLETE || tooLarge) {
            throw new IllegalStateException("there is no whole message");
        }
        MailContent content = MailContent.of(size == octets.length ? octets : Arrays.copyOf(octets, size));
        octets = new byte[0];
        return content;
    }

    @Override
    public String toString() {
        return "MessageOctets[" + size + " octets, " + state + "]";
    }
}
