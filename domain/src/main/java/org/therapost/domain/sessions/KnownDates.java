package org.therapost.domain.sessions;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The dates of an event as its client knows them, whatever was changed since in letters that have not left. */
final class KnownDates {

    private final Map<WindowKey, TimeSpan> spans;

    private KnownDates(Map<WindowKey, TimeSpan> spans) {
        this.spans = spans;
    }

    /** Looks at an event before it is changed. Of what is still to come the client knows all, unless a letter is on its way. */
    static KnownDates of(Draft draft, String uid) {
        boolean knowsAll = draft.onTheirWay(uid).isEmpty()
                && draft.series(uid).filter(series -> series.told().waiting()).isEmpty();
        draft
                .windows(window ->
                        window.key().uid().equals(uid) && !window.state().ended() && !window.told())
                .stream()
                .filter(window -> knowsAll)
                .forEach(window -> draft.put(window.told(true)));
        Map<WindowKey, TimeSpan> spans = new HashMap<>();
        // Of several windows that replaced each other, the newest of which the client was told.
        draft.windows(window -> window.key().uid().equals(uid) && window.told() && mattered(window)).stream()
                .sorted(Comparator.comparing(Window::revision))
                .forEach(window -> spans.put(window.key(), window.span()));
        if (knowsAll) {
            spans.keySet().removeIf(key -> draft.windows(window ->
                            window.key().equals(key) && !window.state().ended())
                    .isEmpty());
        }
        draft.windows(window -> window.key().uid().equals(uid)
                        && window.told()
                        && !window.state().ended())
                .forEach(window -> spans.put(window.key(), window.span()));
        return new KnownDates(spans);
    }

    private static boolean mattered(Window window) {
        return window.state() == WindowState.SUPERSEDED || window.state() == WindowState.CANCELLED;
    }

    Map<WindowKey, TimeSpan> spans() {
        return spans;
    }

    Optional<TimeSpan> span(WindowKey key) {
        return Optional.ofNullable(spans.get(key));
    }
}
