package org.therapost.domain.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Quantities that are written with a unit. A number alone is refused: whether 60 are seconds or minutes would have to be
 * remembered. The units of time are those of PostgreSQL's configuration; those of size are IEC 80000-13's.
 */
final class Quantity {

    /** Octets. */
    static final Quantity SIZE =
            new Quantity(List.of("B", "KiB", "MiB", "GiB"), List.of(1L, 1L << 10, 1L << 20, 1L << 30));

    /** Seconds. */
    static final Quantity TIME = new Quantity(List.of("s", "min", "h", "d"), List.of(1L, 60L, 3600L, 86_400L));

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,18})\\s*([A-Za-z]*)");

    private final Map<String, Long> units = new LinkedHashMap<>();

    private Quantity(List<String> names, List<Long> factors) {
        for (int i = 0; i < names.size(); i++) {
            units.put(names.get(i), factors.get(i));
        }
    }

    /** What is allowed, in words. */
    String range(String what, long least, long most) {
        return most == Long.MAX_VALUE
                ? what + " of " + written(least) + " or more"
                : what + " from " + written(least) + " to " + written(most);
    }

    /** Reads a quantity; 0 needs no unit. */
    long read(String text, long least, long most) throws WrongValueException {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            throw new WrongValueException("");
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        if (unit.isEmpty() && number != 0) {
            throw new WrongValueException("the unit is missing: " + names() + ", such as " + written(number));
        }
        long amount = unit.isEmpty() ? 0 : times(number, unit);
        if (amount < least || amount > most) {
            throw new WrongValueException("");
        }
        return amount;
    }

    private long times(long number, String unit) throws WrongValueException {
        for (Map.Entry<String, Long> known : units.entrySet()) {
            if (known.getKey().equalsIgnoreCase(unit)) {
                try {
                    return Math.multiplyExact(number, known.getValue());
                } catch (ArithmeticException tooMuch) {
                    throw new WrongValueException("");
                }
            }
        }
        throw new WrongValueException("the unit is one of " + names());
    }

    private String names() {
        return String.join(", ", units.keySet());
    }

    /** In the largest unit in which it is a whole number. */
    String written(long amount) {
        String written = amount + " " + units.keySet().iterator().next();
        for (Map.Entry<String, Long> unit : units.entrySet()) {
            if (amount != 0 && amount % unit.getValue() == 0) {
                written = amount / unit.getValue() + " " + unit.getKey();
            }
        }
        return written;
    }
}
