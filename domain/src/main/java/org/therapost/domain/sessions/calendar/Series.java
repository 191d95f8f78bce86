package org.therapost.domain.sessions.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An event of the therapist's calendar, single or repeated. Every instance has exactly this length, also
 * when clocks change.
 *
 * @param uid the {@code UID}
 * @param pattern its times, but for single ones
 * @param excluded {@code EXDATE}, and single instances that were cancelled
 * @param moved instances of their own, by original start
 * @param told what the client has heard of it
 */
public record Series(
        String uid,
        Revision revision,
        Pattern pattern,
        Set<LocalDateTime> excluded,
        Map<LocalDateTime, Instance> moved,
        Told told) {

    /** Nothing is agreed for later years. */
    public static final int LAST_YEAR = 2100;

    public Series {
        excluded = Set.copyOf(excluded);
        moved = Map.copyOf(moved);
    }

    /** An event of which the client has not heard. */
    public Series(
            String uid,
            Revision revision,
            Pattern pattern,
            Set<LocalDateTime> excluded,
            Map<LocalDateTime, Instance> moved) {
        this(uid, revision, pattern, excluded, moved, Told.NOTHING);
    }

    /** An event of one time, of which the client has not heard. */
    public Series(String uid, Revision revision, Pattern pattern) {
        this(uid, revision, pattern, Set.of(), Map.of());
    }

    /**
     * The times of an event.
     *
     * @param start {@code DTSTART} in the event's zone
     * @param rule the value of {@code RRULE}, its {@code UNTIL} as local time of the zone; empty if there is none
     * @param added {@code RDATE}
     */
    public record Pattern(
            LocalDateTime start,
            WallClock zone,
            Duration length,
            Optional<String> rule,
            Set<LocalDateTime> added,
            ZoneFrom zoneFrom) {

        public Pattern {
            added = Set.copyOf(added);
        }

        /** One time, in a zone that the calendar names. */
        public static Pattern once(LocalDateTime start, WallClock zone, Duration length) {
            return new Pattern(start, zone, length, Optional.empty(), Set.of(), ZoneFrom.CALENDAR);
        }

        /** Whether all is at the same times. */
        boolean sameTimes(Pattern other) {
            return new Pattern(start, zone, length, rule, added, other.zoneFrom).equals(other);
        }
    }

    /** Whose zone an event's is. */
    public enum ZoneFrom {
        /** The calendar names it. */
        CALENDAR,
        /** The calendar names none, so the therapist's is meant. */
        THERAPIST
    }

    public LocalDateTime start() {
        return pattern.start();
    }

    public WallClock zone() {
        return pattern.zone();
    }

    public Duration length() {
        return pattern.length();
    }

    public Optional<String> rule() {
        return pattern.rule();
    }

    public Set<LocalDateTime> added() {
        return pattern.added();
    }

    /** Whether the calendar named no zone, so that the therapist's is meant. */
    public boolean floating() {
        return pattern.zoneFrom() == ZoneFrom.THERAPIST;
    }

    /**
     * What the client was told of an event.
     *
     * @param invitedAt when the first invitation was written, which the letters that follow answer
     * @param ahead by how much the {@code SEQUENCE} that the client sees is ahead of the therapist's
     * @param waiting whether the client has to be told as soon as there is a key or a consent
     */
    public record Told(Optional<Instant> invitedAt, int ahead, boolean waiting) {

        public static final Told NOTHING = new Told(Optional.empty(), 0, false);

        /** The client is not to be told before there is a key or a consent. */
        public Told waits() {
            return new Told(invitedAt, ahead, true);
        }

        /** The client has been told. */
        public Told done() {
            return new Told(invitedAt, ahead, false);
        }

        /** The client has been invited. */
        public Told invited(Instant at) {
            return new Told(Optional.of(at), ahead, false);
        }

        /** The invitation did not leave. */
        public Told neverInvited() {
            return new Told(Optional.empty(), ahead, false);
        }
    }

    /** The same, of which the client has heard that. */
    public Series with(Told heard) {
        return new Series(uid, revision, pattern, excluded, moved, heard);
    }

    /** The {@code SEQUENCE} of the whole event, as the client sees it. */
    public int sequenceForClient() {
        return revision.sequence() + told.ahead();
    }

    /** The {@code SEQUENCE} of an instance, as the client sees it: never below that of the whole event. */
    public int sequenceForClient(LocalDateTime original) {
        return Math.max(revision.sequence(), instance(original).revision().sequence()) + told.ahead();
    }

    /** The highest {@code SEQUENCE} that the client sees in it. */
    public int highestForClient() {
        return moved.keySet().stream().mapToInt(this::sequenceForClient).reduce(sequenceForClient(), Math::max);
    }

    /** The same with a {@code SEQUENCE} for the client that is at least so high (RFC 5546 section 2.1.4). */
    public Series rising(int sequence) {
        int more = Math.max(0, sequence - highestForClient());
        return with(new Told(told.invitedAt(), told.ahead() + more, told.waiting()));
    }

    /** One instance with a time of its own. */
    public record Instance(LocalDateTime start, WallClock zone, Duration length, Revision revision) {}

    /** The key of the instance that originally starts then. */
    public WindowKey key(LocalDateTime original) {
        return new WindowKey(uid, repeats() || moved.containsKey(original) ? Optional.of(original) : Optional.empty());
    }

    /** The instance that originally starts then, as it is now. */
    public Instance instance(LocalDateTime original) {
        Instance own = moved.get(original);
        return own == null ? new Instance(original, zone(), length(), revision) : own;
    }

    /** When the instance that originally starts then takes place. */
    public TimeSpan span(LocalDateTime original) {
        Instance instance = instance(original);
        Instant opens = instance.zone().instant(instance.start());
        return new TimeSpan(opens, opens.plus(instance.length()));
    }

    /** The series with one instance at another time. */
    public Series moving(LocalDateTime original, Instance instance) {
        Map<LocalDateTime, Instance> all = new HashMap<>(moved);
        all.put(original, instance);
        Set<LocalDateTime> without = new HashSet<>(excluded);
        without.remove(original);
        return new Series(uid, revision, pattern, without, all, told);
    }

    /** The series without one instance. */
    public Series excluding(LocalDateTime original) {
        Map<LocalDateTime, Instance> all = new HashMap<>(moved);
        all.remove(original);
        Set<LocalDateTime> without = new HashSet<>(excluded);
        without.add(original);
        return new Series(uid, revision, pattern, without, all, told);
    }

    /** The series without any instance; it remembers the cancellation, so that an older invitation cannot undo it. */
    public Series cancelled(Revision by) {
        Pattern none = new Pattern(start(), zone(), length(), Optional.empty(), Set.of(), pattern.zoneFrom());
        return new Series(uid, by, none, Set.of(start()), Map.of(), told);
    }

    /** Whether all instances, but for single ones, are at the same times as those of another state of the series. */
    public boolean samePattern(Series other) {
        return pattern.sameTimes(other.pattern);
    }

    /**
     * This newer state of the series, with the single instances that are known. A program that sends the
     * whole series again need not repeat those, unless it moved the series.
     */
    public Series after(Series older) {
        if (!samePattern(older)) {
            return with(older.told);
        }
        Map<LocalDateTime, Instance> all = new HashMap<>(older.moved);
        all.keySet().removeAll(excluded);
        all.putAll(moved);
        Set<LocalDateTime> without = new HashSet<>(older.excluded);
        without.addAll(excluded);
        without.removeAll(moved.keySet());
        if (!repeats()) {
            without.remove(start());
        }
        return new Series(uid, revision, pattern, without, all, older.told);
    }

    /** Whether it is one of several. */
    public boolean repeats() {
        return rule().isPresent() || !added().isEmpty();
    }
}
