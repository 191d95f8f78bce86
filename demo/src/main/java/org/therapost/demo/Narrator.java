package org.therapost.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.therapost.demo.world.DemoException;

/** Tells the play as it goes: each step with its verdict, what was seen below it. */
final class Narrator {

    private static final String OK = "  ok      ";
    private static final String FAILED = "  FAILED  ";
    private static final String MARGIN = "          ";
    private static final int LONGEST_LINE = 108;

    private final PrintWriter out;
    private final List<String> seen = new ArrayList<>();
    private int held;

    Narrator(PrintWriter out) {
        this.out = out;
    }

    /** What happens in a step; it throws where something is not as it should be. */
    interface Step {
        void play() throws Exception;
    }

    /** A heading. */
    void act(String title) {
        out.println();
        out.println(title);
        out.println("-".repeat(title.length()));
        out.flush();
    }

    /**
     * Plays a step and tells how it went.
     *
     * @throws DemoException if it did not hold
     */
    void step(String title, Step step) throws DemoException {
        seen.clear();
        try {
            step.play();
        } catch (Exception notSo) {
            tell(FAILED, title);
            String reason = reason(notSo);
            out.println(MARGIN + reason);
            out.flush();
            throw new DemoException("\"" + title + "\" did not hold: " + reason, notSo);
        }
        held++;
        tell(OK, title);
    }

    /** How many steps held so far. */
    int held() {
        return held;
    }

    /** A line below the step that is being played. */
    void note(String line) {
        seen.add(line);
    }

    /** A text below the step that is being played, as its reader sees it. */
    void show(String text) {
        text.lines().map(line -> "| " + shorten(line)).forEach(seen::add);
    }

    /** A line between the steps. */
    void aside(String line) {
        line(MARGIN + line);
    }

    /** A line of its own. */
    void line(String line) {
        out.println(line);
        out.flush();
    }

    private void tell(String verdict, String title) {
        out.println(verdict + title);
        seen.forEach(line -> out.println(MARGIN + line));
        out.flush();
    }

    private static String shorten(String line) {
        return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "..." : line;
    }

    private static String reason(Exception notSo) {
        @Nullable String message = notSo.getMessage();
        String kind = notSo instanceof DemoException ? "" : notSo.getClass().getSimpleName() + ": ";
        return kind + String.valueOf(message).strip().replaceAll("\\R", "\\\\n");
    }
}
