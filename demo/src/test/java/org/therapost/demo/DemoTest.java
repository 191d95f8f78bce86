package org.therapost.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.demo.world.DemoException;

@Tag("integration")
class DemoTest {

    private final StringWriter told = new StringWriter();

    /** The tests' own standard input belongs to what runs them, and whoever asks it for more waits until that speaks. */
    @BeforeAll
    static void nobody_types() {
        System.setIn(InputStream.nullInputStream());
    }

    @Test
    void every_step_of_the_story_holds(@TempDir Path temporary) throws Exception {
        play(demo(temporary.resolve("demo")));
        assertThat(told.toString())
                .contains("Alice and Bruno write", "> Should I write such dreams down?", "550 5.7.1", "ciphertext")
                .contains("A live session", "Messages held", "Session begun", "Session ended", "1 held")
                .containsPattern("All \\d+ steps held")
                .doesNotContain("FAILED");
    }

    @Test
    void a_step_that_does_not_hold_fails_the_demo(@TempDir Path temporary) throws Exception {
        // Provider A vouches for everybody: Mallory's forgery is authentic now, and the step that refuses it must
        // notice.
        Demo careless = demo(temporary.resolve("demo")).withSpfOfProviderA("v=spf1 +all");
        assertThatThrownBy(() -> play(careless))
                .isInstanceOf(DemoException.class)
                .hasMessageContaining("Mallory was not refused with 550");
        assertThat(told.toString()).contains("FAILED  Mallory forges Alice").doesNotContain("steps held");
    }

    @Test
    void a_folder_that_no_demo_has_made_is_left_alone(@TempDir Path temporary) throws Exception {
        Path mine = Files.writeString(temporary.resolve("mine.txt"), "my own");
        assertThatThrownBy(() -> demo(temporary))
                .isInstanceOf(DemoException.class)
                .hasMessageContaining("was not made by a demo");
        assertThat(mine).hasContent("my own");
    }

    @Test
    void a_folder_of_an_earlier_demo_is_emptied(@TempDir Path temporary) throws Exception {
        Path folder = temporary.resolve("demo");
        DemoFolder earlier = DemoFolder.fresh(folder);
        Path leftover = Files.writeString(earlier.outside().resolve("alice.asc"), "old");
        DemoFolder.fresh(folder);
        assertThat(leftover).doesNotExist();
        assertThat(earlier.outside()).isEmptyDirectory();
    }

    private Demo demo(Path folder) throws DemoException {
        return Demo.in(folder, new OwnCommands(folder.resolve("data")), new PrintWriter(told, true), Clock.systemUTC());
    }

    private static void play(Demo demo) throws DemoException {
        demo.play(DemoPorts.FREE, settings -> {});
    }
}
