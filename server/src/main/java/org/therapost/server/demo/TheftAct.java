package org.therapost.server.demo;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.therapost.storage.Database;

/** Mallory has stolen the database. */
final class TheftAct {

    private final Scene scene;
    private final Practice practice;
    private final Narrator narrator;

    TheftAct(Scene scene, Practice practice) {
        this.scene = scene;
        this.practice = practice;
        this.narrator = scene.narrator();
    }

    void play() throws Exception {
        narrator.act("What the database holds");
        narrator.step("Alice's mail is OpenPGP ciphertext", this::ciphertext);
        narrator.step("none of anybody's words, names and addresses is in any table", this::noWords);
    }

    private void ciphertext() throws Exception {
        try (StolenDatabase database = open()) {
            StolenDatabase.Ciphertext mail = database.firstMail(practice.aliceThread());
            Check.that(mail.isOpenPgp(), "not an OpenPGP data packet: " + mail);
            narrator.note(mail.toString());
        }
    }

    private void noWords() throws Exception {
        try (StolenDatabase database = open()) {
            // A search that finds nothing at all would prove nothing: what is there by design must be found.
            List<String> known = List.of(practice.aliceThread(), Script.BLOOM);
            List<String> words =
                    Stream.concat(Script.SECRETS.stream(), known.stream()).collect(Collectors.toList());
            List<String> found = database.found(words);
            Check.that(found.containsAll(known), "the search does not even find " + known);
            Check.that(found.size() == known.size(), "found " + found);
            narrator.note("searched " + database.tables().size() + " tables for \""
                    + String.join("\", \"", Script.SECRETS.subList(2, 6)) + "\" and "
                    + (Script.SECRETS.size() - 4) + " more; found: none of them");
        }
    }

    private StolenDatabase open() throws Exception {
        return StolenDatabase.of(scene.server().part(Database.class).settings());
    }
}
