package org.therapost.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.therapost.demo.world.AlicesKey;
import org.therapost.demo.world.DemoCheck;
import org.therapost.demo.world.OutsideWorld;
import org.therapost.demo.world.Script;
import org.therapost.server.folder.PrivateFiles;

/** The operator enrols the practice with the commands that every operator has. */
final class EnrolmentAct {

    private static final int WORDS = 4;

    private final Scene scene;
    private final Narrator narrator;
    private String code = "";
    private String password = "";
    private String alice = "";
    private String bruno = "";

    EnrolmentAct(Scene scene) {
        this.scene = scene;
        this.narrator = scene.narrator();
    }

    EnrolledPractice play() throws Exception {
        narrator.act("A practice is enrolled");
        AlicesKey aliceKey = AlicesKey.generate(
                "Alice <" + OutsideWorld.ALICE + ">", scene.clock().instant());
        narrator.step("practice add " + Script.PRACTICE + ": its DNS records are published", this::addPractice);
        narrator.step("therapist add " + Script.BLOOM + ": the operator gets a code, no password", this::addTherapist);
        narrator.step("therapist activate: Dr Bloom types the code and a password of her own", this::activate);
        narrator.step("client add, twice: each thread has an address that nobody can guess", this::addClients);
        return new EnrolledPractice(password, alice, bruno, aliceKey);
    }

    private void addPractice() throws Exception {
        JsonNode answer = scene.operator().type("practice", "add", Script.PRACTICE);
        DemoCheck.same(Script.PRACTICE, answer.path("domain").asText(), "practice");
        JsonNode records = answer.path("records");
        DemoCheck.that(records.size() >= 4, "MX, SPF, DKIM and DMARC records were expected");
        for (JsonNode record : records) {
            scene.outside()
                    .dns()
                    .publish(
                            record.path("name").asText(),
                            record.path("type").asText(),
                            record.path("value").asText());
        }
        scene.outside().dns().publish(Demo.HOSTNAME, "A", "127.0.0.1");
    }

    private void addTherapist() throws Exception {
        JsonNode answer = scene.operator().type("therapist", "add", Script.BLOOM, "--name", "Dr Bloom");
        DemoCheck.same(Script.BLOOM, answer.path("address").asText(), "address");
        code = answer.path("activationCode").asText();
        DemoCheck.that(!code.isEmpty(), "no activation code was printed");
        DemoCheck.that(answer.path("password").isMissingNode(), "the operator saw a password");
    }

    private void activate() throws Exception {
        password = newPassword();
        JsonNode answer = scene.operator().typeSecretly(List.of(code, password), "therapist", "activate", Script.BLOOM);
        DemoCheck.same(Script.BLOOM, answer.path("address").asText(), "address");
        DemoCheck.that(!answer.path("recoveryCode").asText().isEmpty(), "no recovery code was printed");
    }

    /** Words that do not belong together, and digits: as she would make it up. */
    private static String newPassword() {
        SecureRandom random = new SecureRandom();
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < WORDS; i++) {
            words.append(Script.WORDS.get(random.nextInt(Script.WORDS.size()))).append('-');
        }
        return words.append(100 + random.nextInt(900)).toString();
    }

    private void addClients() throws Exception {
        alice = addClient("Alice", OutsideWorld.ALICE);
        bruno = addClient("Bruno", OutsideWorld.BRUNO);
        DemoCheck.that(!alice.equals(bruno), "both threads have the same address");
        narrator.note("Alice's thread: " + alice);
        narrator.note("Bruno's thread: " + bruno);
    }

    private String addClient(String name, String email) throws Exception {
        Path file = scene.folder().outside().resolve(name + ".client");
        PrivateFiles.write(file, (email + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        String address = scene.operator()
                .type("client", "add", "--therapist", Script.BLOOM, file.toString())
                .path("thread")
                .asText();
        DemoCheck.that(address.endsWith("@" + Script.PRACTICE), "not an address of the practice: " + address);
        DemoCheck.that(!address.contains(name.toLowerCase(java.util.Locale.ROOT)), "the address tells the name");
        return address;
    }
}
