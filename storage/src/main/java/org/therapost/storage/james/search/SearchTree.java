package org.therapost.storage.james.search;

import java.util.ArrayList;
import java.util.List;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.SearchQuery.Criterion;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/**
 * What is searched for, split into what PostgreSQL decides and what only the opened message tells. Of every subtree two
 * conditions are known: one that holds for every message that may match, and one that holds only for messages that do. Where
 * they meet, SQL decides alone.
 */
interface SearchTree {

    /** Yes, no, or not without opening. */
    enum Verdict {
        YES,
        NO,
        OPEN;

        static Verdict of(boolean holds) {
            return holds ? YES : NO;
        }

        Verdict negated() {
            return this == OPEN ? OPEN : of(this == NO);
        }
    }

    /** Decides about what SQL cannot; {@link Verdict#OPEN} as long as the message is sealed. */
    interface Judge {
        Verdict of(Criterion content) throws MailboxException;
    }

    /** Holds for every message that may match. */
    Condition possible();

    /** Holds for no message that does not match. */
    Condition certain();

    /** Adds the conditions that SQL shall answer for each message, in the order in which {@link #verdict} takes them. */
    void ask(List<Condition> columns);

    /** @param answers of SQL; those of this subtree are taken out */
    Verdict verdict(Answers answers, Judge judge) throws MailboxException;

    /** What SQL has answered about one message. */
    final class Answers {

        private final List<Boolean> given;
        private int next;

        Answers(List<Boolean> given) {
            this.given = given;
        }

        boolean next() {
            return given.get(next++);
        }
    }

    /** Whether SQL alone decides. */
    default boolean exact() {
        return false;
    }

    /** Whether the body has to be opened, and not only the header. */
    boolean needsBody();

    /** A condition on columns. */
    record Sql(Condition condition) implements SearchTree {

        @Override
        public Condition possible() {
            return condition;
        }

        @Override
        public Condition certain() {
            return condition;
        }

        @Override
        public void ask(List<Condition> columns) {
            columns.add(condition);
        }

        @Override
        public Verdict verdict(Answers answers, Judge judge) {
            return Verdict.of(answers.next());
        }

        @Override
        public boolean exact() {
            return true;
        }

        @Override
        public boolean needsBody() {
            return false;
        }
    }

    /** A condition on words. */
    record Content(Criterion criterion, boolean needsBody) implements SearchTree {

        @Override
        public Condition possible() {
            return DSL.trueCondition();
        }

        @Override
        public Condition certain() {
            return DSL.falseCondition();
        }

        @Override
        public void ask(List<Condition> columns) {
            // SQL knows nothing of it.
        }

        @Override
        public Verdict verdict(Answers answers, Judge judge) throws MailboxException {
            return judge.of(criterion);
        }
    }

    /** All of them. Those that cost less come first. */
    record All(List<SearchTree> parts) implements SearchTree {

        /** What SQL decides becomes one condition. */
        static SearchTree of(List<SearchTree> parts) {
            List<Condition> exact = parts.stream()
                    .filter(SearchTree::exact)
                    .map(SearchTree::possible)
                    .toList();
            List<SearchTree> rest = new ArrayList<>();
            if (!exact.isEmpty() || parts.isEmpty()) {
                rest.add(new Sql(DSL.and(exact)));
            }
            parts.stream().filter(part -> !part.exact() && !part.needsBody()).forEach(rest::add);
            parts.stream().filter(part -> !part.exact() && part.needsBody()).forEach(rest::add);
            return rest.size() == 1 ? rest.get(0) : new All(rest);
        }

        @Override
        public Condition possible() {
            return DSL.and(parts.stream().map(SearchTree::possible).toList());
        }

        @Override
        public Condition certain() {
            return DSL.and(parts.stream().map(SearchTree::certain).toList());
        }

        @Override
        public void ask(List<Condition> columns) {
            parts.forEach(part -> part.ask(columns));
        }

        @Override
        public Verdict verdict(Answers answers, Judge judge) throws MailboxException {
            Verdict verdict = Verdict.YES;
            for (SearchTree part : parts) {
                // The judge is spared, and SQL's answers are taken, once the verdict is no.
                Judge asked = verdict == Verdict.NO ? content -> Verdict.OPEN : judge;
                Verdict of = part.verdict(answers, asked);
                if (of == Verdict.NO || verdict == Verdict.NO) {
                    verdict = Verdict.NO;
                } else if (of == Verdict.OPEN) {
                    verdict = Verdict.OPEN;
                }
            }
            return verdict;
        }

        @Override
        public boolean needsBody() {
            return parts.stream().anyMatch(SearchTree::needsBody);
        }
    }

    /** The contrary. */
    record Not(SearchTree part) implements SearchTree {

        static SearchTree of(SearchTree part) {
            return part.exact() ? new Sql(part.possible().not()) : new Not(part);
        }

        /** Any of them: not that none of them is. */
        static SearchTree any(List<SearchTree> parts) {
            return of(All.of(parts.stream().map(Not::of).toList()));
        }

        @Override
        public Condition possible() {
            return part.certain().not();
        }

        @Override
        public Condition certain() {
            return part.possible().not();
        }

        @Override
        public void ask(List<Condition> columns) {
            part.ask(columns);
        }

        @Override
        public Verdict verdict(Answers answers, Judge judge) throws MailboxException {
            return part.verdict(answers, judge).negated();
        }

        @Override
        public boolean needsBody() {
            return part.needsBody();
        }
    }
}
