package org.therapost.demo;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.therapost.demo.world.DemoCheck;
import org.therapost.demo.world.Script;
import org.therapost.demo.world.StolenDatabase;
import org.therapost.storage.postgres.Database;

/** Mallory has stolen the database. */
final class TheftAct {

    private final Scene scene;
    private final EnrolledPractice enrolledPractice;
    private final Narrator narrator;

    TheftAct(Scene scene, EnrolledPractice enrolledPractice) {
        this.scene = scene;
        this.enrolledPractice = enrolledPractice;
        this.narrator = scene.narrator();
    }

    void play() throws Exception {
        narrator.act("What the database holds");
        narrator.step("Alice's mail is OpenPGP ciphertext", this::ciphertext);
        narrator.step("none of anybody's words, names and addresses is in any table", this::noWords);
    }

    private void ciphertext() throws Exception {
        try (StolenDatabase database = open()) {
            StolenDatabase.Ciphertext mail = database.firstMail(enrolledPractice.aliceThread());
            DemoCheck.that(mail.isOpenPgp(), "not an OpenPGP data packet: " + mail);
            narrator.note(mail.toString());
        }
    }

    private void noWords() throws Exception {
        try (StolenDatabase database = open()) {
            // A search that finds nothing at all would prove nothing: what is there by design must be found.
            List<String> known = List.of(enrolledPractice.aliceThread(), Script.BLOOM);
            List<String> words =
                    Stream.concat(Script.SECRETS.stream(), known.stream()).collect(Collectors.toList());
            List<String> found = database.found(words);
            DemoCheck.that(found.containsAll(known), "the search does not even find " + known);
            DemoCheck.that(found.size() == known.size(), "found " + found);
            narrator.note("searched " + database.tables().size() + " tables for \""
                    + String.join("\", \"", Script.SECRETS.subList(2, 6)) + "\" and "
                    + (Script.SECRETS.size() - 4) + " more; found: none of them");
        }
    }

    private StolenDatabase open() throws Exception {
        return StolenDatabase.of(scene.server().part(Database.class).parameters());
    }
}
