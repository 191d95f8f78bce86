package org.therapost.protocols.imap.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.therapost.domain.mime.HeaderText;
import org.therapost.protocols.imap.ordering.SortKey.Criterion;

/** SORT and THREAD over folders of any shape, beside a reference that follows the words of RFC 5256 and nothing else. */
class OrderingPropertiesTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final List<String> NAMES =
            List.of("", "alice", "Bruno", "émile", "Zoë", "ｆｕｌｌ", "\uD83D\uDE00", "\uFF5E");
    private static final List<String> SUBJECTS =
            List.of("", "Tuesday", "Re: Tuesday", "[l] TUESDAY", "Fwd: Ｔuesday", "Diary", "Re: Diary (fwd)", "re:");

    static LongStream seeds() {
        return LongStream.range(0, 400);
    }

    static List<SortedMessage> folder(Random random) {
        int size = random.nextInt(25);
        List<SortedMessage> messages = new ArrayList<>();
        for (int uid = 1; uid <= size; uid++) {
            SortedMessage message = SortedMessage.unread(uid, START.plusSeconds(random.nextInt(5)), random.nextInt(4));
            Optional<Instant> date =
                    random.nextInt(4) == 0 ? Optional.empty() : Optional.of(START.plusSeconds(random.nextInt(6)));
            messages.add(message.with(new HeaderText(
                    date,
                    new HeaderText.Correspondents(address(random), address(random), address(random)),
                    SUBJECTS.get(random.nextInt(SUBJECTS.size())),
                    new HeaderText.Identifiers(
                            random.nextInt(8) == 0 ? "" : "<m" + random.nextInt(size + 3) + "@x>",
                            random.ints(random.nextInt(4), 0, size + 3)
                                    .mapToObj(n -> "<m" + n + "@x>")
                                    .collect(Collectors.joining(" ")),
                            random.nextBoolean() ? "<m" + random.nextInt(size + 3) + "@x> said" : ""))));
        }
        return messages;
    }

    private static String address(Random random) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        return name.isEmpty() ? "" : "Somebody <" + name + "@provider.example>, other@provider.example";
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sort_is_the_order_of_a_naive_comparison(long seed) {
        Random random = new Random(seed);
        List<SortedMessage> folder = folder(random);
        List<Criterion> criteria = IntStream.rangeClosed(0, random.nextInt(4))
                .mapToObj(i -> new Criterion(List.of(SortKey.values()).get(random.nextInt(7)), random.nextBoolean()))
                .toList();
        List<SortedMessage> sorted =
                folder.stream().sorted(SortKey.order(criteria)).toList();
        List<SortedMessage> naive = new ArrayList<>(folder);
        // The last criterion first, each stable: equals stay as they were.
        for (int i = criteria.size() - 1; i >= 0; i--) {
            Comparator<SortedMessage> order = naive(criteria.get(i).key());
            naive.sort(criteria.get(i).reverse() ? (a, b) -> order.compare(b, a) : order);
        }
        assertThat(sorted).isEqualTo(naive);
    }

    private static Comparator<SortedMessage> naive(SortKey key) {
        return (a, b) -> switch (key) {
            case ARRIVAL -> a.arrival().compareTo(b.arrival());
            case DATE -> a.sent().compareTo(b.sent());
            case SIZE -> Long.compare(a.size(), b.size());
            case CC -> octets(a.cc(), b.cc());
            case FROM -> octets(a.from(), b.from());
            case TO -> octets(a.to(), b.to());
            case SUBJECT -> octets(a.subject(), b.subject());
        };
    }

    private static int octets(String a, String b) {
        return java.util.Arrays.compareUnsigned(
                a.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                b.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void threads_are_those_of_the_rfc_s_words(long seed) {
        List<SortedMessage> folder = folder(new Random(seed * 31 + 7));
        assertThat(text(ReferencesThreading.threads(folder))).isEqualTo(new Naive().threads(folder));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_message_stands_in_the_threads_once(long seed) {
        List<SortedMessage> folder = folder(new Random(seed));
        List<Long> uids = new ArrayList<>();
        List<ThreadNode> open = new ArrayList<>(ReferencesThreading.threads(folder));
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).uid() > 0) {
                uids.add(open.get(i).uid());
            } else {
                assertThat(open.get(i).children())
                        .as("a place without a message")
                        .hasSizeGreaterThan(1);
            }
            open.addAll(open.get(i).children());
        }
        assertThat(uids)
                .containsExactlyInAnyOrderElementsOf(
                        folder.stream().map(SortedMessage::uid).toList());
    }

    @Test
    void chains_stars_and_circles_of_twenty_thousand_end_and_exhaust_no_stack() {
        List<List<SortedMessage>> folders =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int most = 20_000;
        for (int i = 1; i <= most; i++) {
            folders.get(0).add(message(i, "<" + i + "@x>", "<" + (i - 1) + "@x>"));
            folders.get(1).add(message(i, "<" + i + "@x>", "<" + (i + 1) + "@x>"));
            folders.get(2).add(message(i, "<" + i + "@x>", "<1@x>"));
            folders.get(3).add(message(i, "<" + i + "@x>", "<" + (i % most + 1) + "@x> <" + i + "@x>"));
        }
        for (List<SortedMessage> folder : folders) {
            assertThat(ReferencesThreading.threads(folder)).isNotEmpty();
        }
    }

    private static SortedMessage message(int uid, String id, String references) {
        return SortedMessage.unread(uid, START.plusSeconds(uid), 1)
                .with(new HeaderText(
                        Optional.empty(),
                        new HeaderText.Correspondents("", "", ""),
                        "",
                        new HeaderText.Identifiers(id, references, "")));
    }

    private static String text(List<ThreadNode> nodes) {
        return nodes.stream()
                .map(node -> "(" + node.uid() + text(node.children()) + ")")
                .collect(Collectors.joining());
    }

    /** As one reads it: maps from child to parent, and everything looked for anew each time. */
    private static final class Naive {

        private final Map<String, String> parent = new LinkedHashMap<>();
        private final Map<String, SortedMessage> messages = new HashMap<>();

        String threads(List<SortedMessage> folder) {
            for (SortedMessage message : folder) {
                String id = "id " + message.id();
                if (message.id().isEmpty() || messages.containsKey(id)) {
                    id = "own " + message.uid();
                }
                String above = null;
                for (String reference : message.references()) {
                    String named = "id " + reference;
                    parent.putIfAbsent(named, "");
                    if (above != null
                            && parent.get(named).isEmpty()
                            && !ancestors(above).contains(named)) {
                        parent.put(named, above);
                    }
                    above = named;
                }
                parent.putIfAbsent(id, "");
                messages.put(id, message);
                if (above == null) {
                    parent.put(id, "");
                } else if (!parent.get(id).equals(above)) {
                    parent.put(id, "");
                    parent.put(id, ancestors(above).contains(id) ? "" : above);
                }
            }
            List<Tree> roots = trees("");
            roots = pruned(roots, true);
            roots.sort(Tree.ORDER);
            roots = gathered(roots);
            roots.forEach(Tree::sort);
            roots.sort(Tree.ORDER);
            return roots.stream().map(Tree::text).collect(Collectors.joining());
        }

        private Set<String> ancestors(String id) {
            Set<String> all = new HashSet<>();
            for (String at = id; !at.isEmpty(); at = parent.getOrDefault(at, "")) {
                all.add(at);
            }
            return all;
        }

        private List<Tree> trees(String below) {
            List<Tree> trees = new ArrayList<>();
            parent.forEach((id, above) -> {
                if (above.equals(below)) {
                    trees.add(new Tree(messages.get(id), trees(id)));
                }
            });
            return trees;
        }

        private static List<Tree> pruned(List<Tree> trees, boolean atRoot) {
            List<Tree> kept = new ArrayList<>();
            for (Tree tree : trees) {
                List<Tree> children = pruned(tree.children, false);
                boolean dummy = tree.message == null;
                if (dummy && (children.isEmpty() || !atRoot || children.size() == 1)) {
                    kept.addAll(children);
                } else {
                    kept.add(new Tree(tree.message, children));
                }
            }
            kept.forEach(Tree::sort);
            return kept;
        }

        private static List<Tree> gathered(List<Tree> roots) {
            Map<String, Tree> table = new TreeMap<>();
            for (Tree root : roots) {
                String subject = root.first().subject();
                if (subject.isEmpty()) {
                    continue;
                }
                Tree known = table.get(subject);
                if (known == null
                        || (known.message != null
                                && (root.message == null
                                        || (known.message.replyOrForward() && !root.message.replyOrForward())))) {
                    table.put(subject, root);
                }
            }
            List<Tree> left = new ArrayList<>(roots);
            for (Tree root : roots) {
                String subject = root.first().subject();
                Tree known = table.get(subject);
                if (subject.isEmpty() || known == null || known == root) {
                    continue;
                }
                left.remove(root);
                if (known.message == null && root.message == null) {
                    known.children.addAll(root.children);
                } else if (known.message == null) {
                    known.children.add(root);
                } else if (root.message != null && root.message.replyOrForward() && !known.message.replyOrForward()) {
                    known.children.add(root);
                } else {
                    Tree both = new Tree(null, new ArrayList<>(List.of(known, root)));
                    left.remove(known);
                    left.add(both);
                    table.put(subject, both);
                }
            }
            return left;
        }
    }

    private static final class Tree {

        static final Comparator<Tree> ORDER = Comparator.comparing(
                        (Tree tree) -> tree.first().sent())
                .thenComparing(tree -> tree.first().uid());

        @org.jspecify.annotations.Nullable
        private final SortedMessage message;

        private final List<Tree> children;

        Tree(@org.jspecify.annotations.Nullable SortedMessage message, List<Tree> children) {
            this.message = message;
            this.children = children;
        }

        SortedMessage first() {
            return message == null ? children.get(0).first() : message;
        }

        void sort() {
            children.forEach(Tree::sort);
            children.sort(ORDER);
        }

        String text() {
            return "(" + (message == null ? 0 : message.uid())
                    + children.stream().map(Tree::text).collect(Collectors.joining()) + ")";
        }
    }
}
