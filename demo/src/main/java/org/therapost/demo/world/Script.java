package org.therapost.demo.world;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Who says what. */
public final class Script {

    public static final String PRACTICE = "practice.example";
    public static final String BLOOM = "bloom@practice.example";

    public static final String ALICES_SUBJECT = "The lighthouse, again – and Zoë";
    static final String ALICES_QUESTION = "Should I write such dreams down?";
    static final String ALICES_WORRY = "Zoë's birthday is on Saturday and I am afraid of it. ☁";
    public static final String ALICE_WRITES = """
        Dear Dr Bloom,

        last night I dreamt of the lighthouse again: the one at Skjælholmen, naïve little boat and all.
        %s

        %s

        Alice
        """.formatted(ALICES_QUESTION, ALICES_WORRY);

    public static final String BRUNOS_SUBJECT = "My diary, as you asked";
    public static final String BRUNO_WRITES = """
        Dear Dr Bloom,

        here is what I wrote in März. It is long; the harbour is on page nine.

        Bruno
        """;

    public static final String BLOOM_TELLS_BRUNO =
            "Thank you. I have it, and page nine is where we begin on Thursday.\n";

    public static final String SESSION = "Grief, one hour";
    public static final String ALICE_IS_EARLY = "I could not wait: the ferry has left without me.\n";
    public static final String ALICE_IS_STILL_EARLY = "And I forgot to say that my sister rang.\n";
    public static final String ALICE_IS_THERE = "Here I am. May we begin with the ferry?\n";
    public static final String BLOOM_IS_THERE = "Good to have you here. Yes: who stands on the quay?\n";
    public static final String ALICE_IS_LATE = "One more thing: I know now who stood on the quay.\n";

    /** What Dr Bloom writes below which line of Alice's. */
    private static final Map<String, String> ANSWERS = Map.of(
            ALICES_QUESTION,
            "Yes, right after waking, and three lines are enough.",
            ALICES_WORRY,
            "Then let us talk about Saturday on Friday, at our usual hour.");

    /** What must not be found anywhere but with its readers. */
    public static final List<String> SECRETS = List.of(
            OutsideWorld.ALICE,
            OutsideWorld.BRUNO,
            "lighthouse",
            "Skjælholmen",
            "birthday",
            "diary",
            "harbour",
            "page nine",
            "right after waking",
            "our usual hour",
            "Grief",
            "ferry",
            "quay",
            "Alice",
            "Bruno");

    /** What Dr Bloom makes a password of. */
    public static final List<String> WORDS = List.of(
            "copper", "meadow", "violin", "saddle", "pepper", "window", "candle", "gravel", "walnut", "basket",
            "timber", "orchid", "marble", "button", "kettle", "ribbon", "falcon", "cellar", "mitten", "anchor",
            "velvet", "hazel", "pillow", "bridge", "cotton", "lantern", "puddle", "thimble", "sparrow", "blanket",
            "cobble", "fennel");

    private static final int ATTACHMENT = 1_300_000;

    private Script() {}

    /** Over a megabyte of scanned paper. */
    public static MailText.Attachment diary() {
        byte[] pages = new byte[ATTACHMENT];
        new Random(9).nextBytes(pages);
        return new MailText.Attachment("Tagebuch März.pdf", pages);
    }

    /** Dr Bloom's answer between the lines of what Alice wrote. */
    public static String bloomAnswers(String question) {
        return question.lines().map(Script::quoted).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String quoted(String line) {
        String quoted = line.isEmpty() ? ">" : "> " + line;
        return ANSWERS.containsKey(line) ? quoted + "\n\n" + ANSWERS.get(line) + "\n" : quoted;
    }
}
