package org.therapost.domain.office;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ClientThread;

/**
 * Finds the client that words name, at their end or at their beginning: by name as the therapist calls the client, by the
 * thread's address, or by the client's mailbox; a first name alone, if it is that of one client only.
 */
final class ClientNameMatcher {

    private final List<ClientThread> threads;

    ClientNameMatcher(List<ClientThread> threads) {
        this.threads = List.copyOf(threads);
    }

    /**
     * A client who is named, and the words without the name.
     *
     * @param length of the name: of two names that fit, the longer one is meant
     */
    record Named(ClientThread thread, String words, int length) {
        @Override
        public String toString() {
            return "Named[" + thread.id().value() + "]";
        }
    }

    /** Those who are named; several if they share the name, none if nobody has it. */
    List<Named> in(String words) {
        List<Named> whole = best(words, thread -> Stream.concat(
                        Stream.of(thread.client().name(), thread.address().value()),
                        thread.client().mailboxes().all().stream().map(EmailAddress::value))
                .toList());
        return whole.isEmpty() ? best(words, thread -> List.of(firstName(thread))) : whole;
    }

    private interface Names {
        List<String> of(ClientThread thread);
    }

    private List<Named> best(String words, Names names) {
        List<Named> found = new ArrayList<>();
        for (ClientThread thread : threads) {
            names.of(thread).stream()
                    .flatMap(name -> named(thread, words, plain(name)).stream())
                    .reduce((one, other) -> other.length() > one.length() ? other : one)
                    .ifPresent(found::add);
        }
        int longest = found.stream().mapToInt(Named::length).max().orElse(0);
        return found.stream().filter(one -> one.length() == longest).toList();
    }

    private static Optional<Named> named(ClientThread thread, String words, String name) {
        String spoken = plain(words);
        String lower = spoken.toLowerCase(Locale.ROOT);
        String wanted = name.toLowerCase(Locale.ROOT);
        if (wanted.isEmpty() || lower.length() != spoken.length()) {
            return Optional.empty();
        }
        if (lower.equals(wanted)) {
            return Optional.of(new Named(thread, "", wanted.length()));
        }
        if (lower.endsWith(" " + wanted)) {
            String rest = spoken.substring(0, spoken.length() - wanted.length()).strip();
            return Optional.of(new Named(
                    thread, rest.replaceFirst("(?i)(:| for| with)$", "").strip(), wanted.length()));
        }
        if (lower.startsWith(wanted + ":") || lower.startsWith(wanted + " ")) {
            return Optional.of(
                    new Named(thread, spoken.substring(wanted.length() + 1).strip(), wanted.length()));
        }
        return Optional.empty();
    }

    private static String firstName(ClientThread thread) {
        return plain(thread.client().name()).split(" ", 2)[0];
    }

    /** One form of letters, single spaces, without what encloses an address or ends a sentence. */
    static String plain(String words) {
        return Normalizer.normalize(words, Normalizer.Form.NFKC)
                .replaceAll("[\\p{Z}\\p{Cntrl}]+", " ")
                .replaceAll("[<>\"]", "")
                .strip()
                .replaceFirst("[.!]+$", "")
                .strip();
    }
}
