package org.therapost.domain.sessions.engine.series;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.StepBuilder;

/** The dates of an event as its client knows them, whatever was changed since in letters that have not left. */
final class DatesKnownToClient {

    private final Map<WindowKey, TimeSpan> spans;

    private DatesKnownToClient(Map<WindowKey, TimeSpan> spans) {
        this.spans = spans;
    }

    /** Looks at an event before it is changed. Of what is still to come the client knows all, unless a letter is on its way. */
    static DatesKnownToClient of(StepBuilder stepBuilder, String uid) {
        boolean knowsAll = stepBuilder.onTheirWay(uid).isEmpty()
                && stepBuilder
                        .series(uid)
                        .filter(series -> series.told().waiting())
                        .isEmpty();
        stepBuilder
                .windows(window ->
                        window.key().uid().equals(uid) && !window.state().ended() && !window.is(Window.Mark.TOLD))
                .stream()
                .filter(window -> knowsAll)
                .forEach(window -> stepBuilder.put(window.with(Window.Mark.TOLD)));
        Map<WindowKey, TimeSpan> spans = new HashMap<>();
        // Of several windows that replaced each other, the newest of which the client was told.
        stepBuilder
                .windows(window -> window.key().uid().equals(uid) && window.is(Window.Mark.TOLD) && mattered(window))
                .stream()
                .sorted(Comparator.comparing(Window::revision))
                .forEach(window -> spans.put(window.key(), window.span()));
        if (knowsAll) {
            spans.keySet().removeIf(key -> stepBuilder
                    .windows(window ->
                            window.key().equals(key) && !window.state().ended())
                    .isEmpty());
        }
        stepBuilder
                .windows(window -> window.key().uid().equals(uid)
                        && window.is(Window.Mark.TOLD)
                        && !window.state().ended())
                .forEach(window -> spans.put(window.key(), window.span()));
        return new DatesKnownToClient(spans);
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
