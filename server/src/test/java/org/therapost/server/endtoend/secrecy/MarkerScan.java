package org.therapost.server.endtoend.secrecy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Looks for a word on disk in every form in which a program could have left it there by accident: as it is (UTF-8, in
 * small or capital letters), in UTF-16, in hexadecimal, in quoted-printable with every octet written out, and in Base64,
 * where the same word looks different in each of three alignments. Compressed copies are not looked for.
 */
public final class MarkerScan {

    private static final int BLOCK = 8 * 1024 * 1024;

    private final List<List<Form>> byFirstOctet = new ArrayList<>();
    private final String word;
    private int longest;

    private record Form(String name, byte[] octets) {}

    /**
     * A find.
     *
     * @param context what follows there, control characters shown as dots
     */
    public record Hit(Path file, long offset, String form, String context) {}

    /** @param word at least eight small ASCII letters */
    public MarkerScan(String word) {
        if (!word.matches("[a-z]{8,}")) {
            throw new IllegalArgumentException("not a word to look for");
        }
        this.word = word;
        for (int i = 0; i < 256; i++) {
            byFirstOctet.add(new ArrayList<>());
        }
        for (String spelling : List.of(word, word.toUpperCase(Locale.ROOT), capitalized(word))) {
            byte[] plain = spelling.getBytes(StandardCharsets.US_ASCII);
            add("UTF-8", plain);
            add("UTF-16", spelling.getBytes(StandardCharsets.UTF_16LE));
            add("UTF-16", spelling.getBytes(StandardCharsets.UTF_16BE));
            add("hexadecimal", text(HexFormat.of().formatHex(plain)));
            add("hexadecimal", text(HexFormat.of().withUpperCase().formatHex(plain)));
            add("quoted-printable", text(quotedPrintable(HexFormat.of().withUpperCase(), plain)));
            add("quoted-printable", text(quotedPrintable(HexFormat.of(), plain)));
            for (int shift = 0; shift < 3; shift++) {
                add("Base64", base64(plain, shift));
            }
        }
    }

    private static String capitalized(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String quotedPrintable(HexFormat hex, byte[] plain) {
        return hex.withPrefix("=").formatHex(plain);
    }

    /** The Base64 digits that depend on the word alone when it begins {@code shift} octets after a group of three. */
    private static byte[] base64(byte[] plain, int shift) {
        byte[] shifted = new byte[shift + plain.length];
        System.arraycopy(plain, 0, shifted, shift, plain.length);
        byte[] digits = Base64.getEncoder().encode(shifted);
        return Arrays.copyOfRange(digits, (shift * 8 + 5) / 6, shifted.length * 8 / 6);
    }

    private void add(String name, byte[] octets) {
        List<Form> forms = byFirstOctet.get(octets[0] & 0xff);
        if (forms.stream().noneMatch(form -> Arrays.equals(form.octets(), octets))) {
            forms.add(new Form(name, octets));
            longest = Math.max(longest, octets.length);
        }
    }

    public String word() {
        return word;
    }

    /** Looks through all files below a folder. Files that vanish meanwhile, or that nobody may read, are passed over. */
    public List<Hit> below(Path folder) throws IOException {
        return below(folder, Instant.EPOCH);
    }

    /** Looks through the files below a folder that were changed since an instant. */
    public List<Hit> below(Path folder, Instant since) throws IOException {
        List<Hit> hits = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()
                        && !attributes.lastModifiedTime().toInstant().isBefore(since)) {
                    scan(file, hits);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path visited, @org.jspecify.annotations.Nullable IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return hits;
    }

    private void scan(Path file, List<Hit> hits) {
        byte[] block = new byte[BLOCK + longest];
        int kept = 0;
        long start = 0;
        try (InputStream in = Files.newInputStream(file)) {
            int read;
            while ((read = in.readNBytes(block, kept, BLOCK)) > 0) {
                int length = kept + read;
                for (int i = 0; i < length; i++) {
                    for (Form form : byFirstOctet.get(block[i] & 0xff)) {
                        if (length - i >= form.octets().length && matches(block, i, form.octets())) {
                            hits.add(new Hit(file, start + i, form.name(), context(block, i, length)));
                        }
                    }
                }
                kept = Math.min(length, longest - 1);
                System.arraycopy(block, length - kept, block, 0, kept);
                start += length - kept;
            }
        } catch (java.nio.file.NoSuchFileException | java.nio.file.AccessDeniedException gone) {
            return;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean matches(byte[] block, int at, byte[] octets) {
        for (int i = 1; i < octets.length; i++) {
            if (block[at + i] != octets[i]) {
                return false;
            }
        }
        return true;
    }

    private static String context(byte[] block, int at, int length) {
        Charset latin = StandardCharsets.ISO_8859_1;
        return new String(block, at, Math.min(48, length - at), latin).replaceAll("[^ -~]", ".");
    }
}
