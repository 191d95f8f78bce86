package org.therapost.domain.sessions;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.therapost.domain.sessions.calendar.Occurrences;
import org.therapost.domain.sessions.calendar.Series;

/** Daily and weekly rules, counted on the fingers: {@code FREQ}, {@code INTERVAL}, {@code BYDAY}, {@code COUNT}, {@code UNTIL}. */
public final class SimpleOccurrences implements Occurrences {

    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

    @Override
    public List<LocalDateTime> starts(Series series, LocalDateTime from, LocalDateTime until, int limit) {
        TreeSet<LocalDateTime> all = new TreeSet<>(series.added());
        if (series.rule().isPresent()) {
            all.addAll(ruled(series, series.rule().get(), until));
        } else {
            all.add(series.start());
        }
        all.removeAll(series.excluded());
        return all.stream()
                .filter(start -> !start.isBefore(from) && start.isBefore(until))
                .limit(limit)
                .toList();
    }

    private static List<LocalDateTime> ruled(Series series, String rule, LocalDateTime until) {
        Map<String, String> parts = new HashMap<>();
        for (String part : rule.split(";")) {
            parts.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
        }
        int interval = Integer.parseInt(parts.getOrDefault("INTERVAL", "1"));
        int count = Integer.parseInt(parts.getOrDefault("COUNT", Integer.toString(Integer.MAX_VALUE)));
        LocalDateTime last = parts.containsKey("UNTIL") ? LocalDateTime.parse(parts.get("UNTIL"), BASIC) : until;
        boolean weekly = parts.getOrDefault("FREQ", "WEEKLY").equals("WEEKLY");
        Set<DayOfWeek> days = days(parts, series.start().getDayOfWeek());
        LocalDateTime monday =
                series.start().minusDays(series.start().getDayOfWeek().getValue() - 1L);
        List<LocalDateTime> found = new ArrayList<>();
        for (LocalDateTime day = series.start(); !day.isAfter(last) && found.size() < count; day = day.plusDays(1)) {
            boolean hit = weekly
                    ? days.contains(day.getDayOfWeek())
                            && Duration.between(monday, day).toDays() / 7 % interval == 0
                    : Duration.between(series.start(), day).toDays() % interval == 0;
            if (hit) {
                found.add(day);
            }
        }
        return found;
    }

    private static Set<DayOfWeek> days(Map<String, String> parts, DayOfWeek own) {
        if (!parts.containsKey("BYDAY")) {
            return EnumSet.of(own);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String name : parts.getOrDefault("BYDAY", "").split(",")) {
            for (DayOfWeek day : DayOfWeek.values()) {
                if (day.name().startsWith(name)) {
                    days.add(day);
                }
            }
        }
        return days;
    }
}
