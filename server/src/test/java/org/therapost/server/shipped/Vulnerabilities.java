package org.therapost.server.shipped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.therapost.server.shipped.BillOfMaterials.Component;

/**
 * What was publicly known on one day about holes in the libraries that are shipped, and which of them we live with.
 *
 * @param date of that day, UTC
 * @param lookedUp the artifacts whose advisories were collected
 * @param advisories about any version of them
 * @param accepted hits that do not fail the build
 */
record Vulnerabilities(LocalDate date, Set<String> lookedUp, List<Advisory> advisories, List<Acceptance> accepted) {

    /** The folder of the dated file and of {@code accepted.json}. */
    static final Path FOLDER = Path.of(".ci/vulnerabilities");

    /** An acceptance lasts so long at most, counted from the date of the file. */
    private static final int MONTHS = 6;

    private static final Pattern DATED = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})\\.json");

    /**
     * A hole that we live with.
     *
     * @param id one of the advisory's names
     * @param artifact {@code group:artifact}
     * @param reason why it does not hurt here
     * @param until the last day; a file of a later day fails the build again
     */
    record Acceptance(String id, String artifact, String reason, LocalDate until) {

        boolean covers(Hit hit) {
            return hit.advisory().names().contains(id) && hit.component().name().equals(artifact);
        }
    }

    /** A library in a version with a known hole. */
    record Hit(Component component, Advisory advisory) {

        @Override
        public String toString() {
            return component.name() + " " + component.version() + ": " + String.join(", ", advisory.names());
        }
    }

    /** Reads the one dated file of a folder, and what is accepted. */
    static Vulnerabilities read(Path folder) throws IOException {
        List<Path> dated;
        try (Stream<Path> files = Files.list(folder)) {
            dated = files.filter(
                            file -> DATED.matcher(file.getFileName().toString()).matches())
                    .toList();
        }
        if (dated.size() != 1) {
            throw new IOException("one dated file is expected in " + folder + ", there are " + dated);
        }
        Matcher name = DATED.matcher(dated.get(0).getFileName().toString());
        if (!name.matches()) {
            throw new IOException("not a dated file: " + dated);
        }
        ObjectMapper json = new ObjectMapper();
        JsonNode file = json.readTree(dated.get(0).toFile());
        List<Advisory> advisories = new ArrayList<>();
        file.path("advisories").forEach(advisory -> advisories.add(Advisory.of(advisory)));
        TreeSet<String> lookedUp = new TreeSet<>();
        file.path("lookedUp").forEach(artifact -> lookedUp.add(artifact.asText()));
        List<Acceptance> accepted = new ArrayList<>();
        for (JsonNode one : json.readTree(folder.resolve("accepted.json").toFile())) {
            accepted.add(new Acceptance(
                    one.path("id").asText(),
                    one.path("artifact").asText(),
                    one.path("reason").asText(),
                    LocalDate.parse(one.path("until").asText())));
        }
        return new Vulnerabilities(
                LocalDate.parse(name.group(1)), lookedUp, List.copyOf(advisories), List.copyOf(accepted));
    }

    /** What is wrong with these libraries, one sentence each; nothing, if they may be shipped. */
    List<String> complaints(BillOfMaterials bom) {
        List<String> complaints = new ArrayList<>();
        List<Hit> hits = hits(bom);
        for (Component component : bom.components()) {
            if (!lookedUp.contains(component.name())) {
                complaints.add(
                        component.name() + " was not looked up on " + date + ": renew the file of vulnerabilities");
            }
        }
        for (Hit hit : hits) {
            if (accepted.stream().noneMatch(one -> one.covers(hit))) {
                complaints.add(
                        hit + ": take a version without it, or list it in accepted.json with a reason and a last day");
            }
        }
        for (Acceptance one : accepted) {
            if (hits.stream().noneMatch(one::covers)) {
                complaints.add(one.id() + " in " + one.artifact()
                        + " is accepted but not there: take it out of accepted.json");
            }
            if (one.reason().length() < 20) {
                complaints.add(one.id() + " in " + one.artifact() + " is accepted without a reason");
            }
            if (one.until().isBefore(date)) {
                complaints.add(
                        one.id() + " in " + one.artifact() + " was accepted until " + one.until() + ": decide again");
            } else if (one.until().isAfter(date.plusMonths(MONTHS))) {
                complaints.add(one.id() + " in " + one.artifact() + " is accepted for more than " + MONTHS + " months");
            }
        }
        return complaints;
    }

    /** Libraries with known holes, accepted ones as well. */
    List<Hit> hits(BillOfMaterials bom) {
        return bom.components().stream()
                .flatMap(component -> advisories.stream()
                        .filter(advisory -> advisory.concerns(component))
                        .map(advisory -> new Hit(component, advisory)))
                .toList();
    }
}
