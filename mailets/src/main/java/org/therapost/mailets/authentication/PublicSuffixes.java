package org.therapost.mailets.authentication;

import de.malkusch.whoisServerList.publicSuffixList.PublicSuffixList;
import de.malkusch.whoisServerList.publicSuffixList.PublicSuffixListFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a domain of one owner begins: the public suffix list, both of its sections. Under {@code hf.space} everybody can have
 * a name, as under {@code co.uk}: their neighbours prove nothing for them (RFC 7489 section 3.2).
 *
 * <p>The list is a file with a date, since it changes every week: an operator replaces it without a release.
 */
public final class PublicSuffixes {

    /** The name of the file in the configuration folder, and of the copy that was built in. */
    public static final String FILE = "public_suffix_list.dat";

    /** Where Debian's package {@code publicsuffix} keeps it. */
    public static final Path DEBIAN = Path.of("/usr/share/publicsuffix", FILE);

    // publicsuffix.org writes it since 2024; packages that leave it out keep the time in the file system.
    private static final Pattern VERSION = Pattern.compile("^// VERSION: (\\d{4}-\\d{2}-\\d{2})", Pattern.MULTILINE);

    // A list without these is no list, but a part of one or an error page.
    private static final List<String> SIGNS = List.of(
            "===BEGIN ICANN DOMAINS===",
            "===END ICANN DOMAINS===",
            "===BEGIN PRIVATE DOMAINS===",
            "===END PRIVATE DOMAINS===");

    private final PublicSuffixList list;
    private final LocalDate date;

    private PublicSuffixes(PublicSuffixList list, LocalDate date) {
        this.list = list;
        this.date = date;
    }

    /**
     * The newest list of those that are there.
     *
     * @param files that need not exist; the built-in copy competes with them
     * @throws IOException if none can be read, or one that exists is no such list; the text says which
     */
    public static PublicSuffixes newest(List<Path> files) throws IOException {
        List<PublicSuffixes> readable = new ArrayList<>();
        for (Path file : files) {
            if (Files.exists(file)) {
                readable.add(of(file));
            }
        }
        builtIn().ifPresent(readable::add);
        return readable.stream()
                .max(Comparator.comparing(PublicSuffixes::date))
                .orElseThrow(() -> new IOException("there is no public suffix list at any of " + files
                        + ": get it from https://publicsuffix.org/list/" + FILE));
    }

    /**
     * Reads one file.
     *
     * @throws IOException if it cannot be read or is no such list
     */
    public static PublicSuffixes of(Path file) throws IOException {
        byte[] octets;
        LocalDate changed;
        try {
            octets = Files.readAllBytes(file);
            changed = Files.getLastModifiedTime(file)
                    .toInstant()
                    .atZone(ZoneOffset.UTC)
                    .toLocalDate();
        } catch (IOException unreadable) {
            throw new IOException(
                    "the public suffix list " + file + " cannot be read by the server's user", unreadable);
        }
        return read(octets, changed, file.toString());
    }

    private static Optional<PublicSuffixes> builtIn() throws IOException {
        try (InputStream copy = PublicSuffixes.class.getResourceAsStream(FILE)) {
            return copy == null
                    ? Optional.empty()
                    : Optional.of(read(copy.readAllBytes(), LocalDate.EPOCH, "the built-in public suffix list"));
        }
    }

    private static PublicSuffixes read(byte[] octets, LocalDate changed, String name) throws IOException {
        String text = new String(octets, StandardCharsets.UTF_8);
        if (!SIGNS.stream().allMatch(text::contains)) {
            throw new IOException(
                    name + " is not a whole public suffix list: get it from https://publicsuffix.org/list/" + FILE);
        }
        Matcher version = VERSION.matcher(text);
        LocalDate date = version.find() ? date(version.group(1), name) : changed;
        return new PublicSuffixes(new PublicSuffixListFactory().build(new ByteArrayInputStream(octets)), date);
    }

    private static LocalDate date(String version, String name) throws IOException {
        try {
            return LocalDate.parse(version);
        } catch (DateTimeParseException noDate) {
            throw new IOException(name + " says VERSION: " + version + ", which is no date", noDate);
        }
    }

    /** The day from which the list is. */
    public LocalDate date() {
        return date;
    }

    /**
     * The organizational domain: one label below the longest public suffix (RFC 7489 section 3.2); a public suffix is its
     * own. An unknown top-level domain counts as a public suffix, by the list's default rule.
     */
    public String organizationalDomain(String domain) {
        String lower = domain.toLowerCase(Locale.ROOT);
        String registrable = list.getRegistrableDomain(lower);
        return registrable == null ? lower : registrable.toLowerCase(Locale.ROOT);
    }
}
