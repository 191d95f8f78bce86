package org.therapost.storage.james.search;

import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import javax.mail.Flags;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.UnsupportedSearchException;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.Criterion;
import org.apache.james.mailbox.model.SearchQuery.DateOperator;
import org.apache.james.mailbox.model.SearchQuery.DateResolution;
import org.apache.james.mailbox.model.SearchQuery.NumericOperator;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.therapost.storage.james.rows.ImapFlags;
import org.therapost.storage.james.rows.UuidMessageId;
import org.therapost.storage.store.FolderFlag;

/** Criteria of a search, as conditions on our tables wherever they can be. */
final class SearchConditions {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private final Collection<MessageUid> recent;
    private final Function<String, List<String>> sealedKeywords;

    /**
     * @param recent messages that are recent for the session that asks
     * @param sealedKeywords all forms in which a keyword stands in the folder; they cannot be made, because every sealing
     *     of the same word looks different
     */
    SearchConditions(Collection<MessageUid> recent, Function<String, List<String>> sealedKeywords) {
        this.recent = recent;
        this.sealedKeywords = sealedKeywords;
    }

    SearchTree all(List<Criterion> criteria) throws UnsupportedSearchException {
        return SearchTree.All.of(trees(criteria));
    }

    private List<SearchTree> trees(List<Criterion> criteria) throws UnsupportedSearchException {
        SearchTree[] trees = new SearchTree[criteria.size()];
        for (int i = 0; i < trees.length; i++) {
            trees[i] = tree(criteria.get(i));
        }
        return List.of(trees);
    }

    private SearchTree tree(Criterion criterion) throws UnsupportedSearchException {
        if (criterion instanceof SearchQuery.ConjunctionCriterion several) {
            List<SearchTree> parts = trees(several.getCriteria());
            return switch (several.getType()) {
                case AND -> SearchTree.All.of(parts);
                case OR -> SearchTree.Not.any(parts);
                case NOR -> SearchTree.Not.of(SearchTree.Not.any(parts));
            };
        }
        if (criterion instanceof SearchQuery.TextCriterion text) {
            return switch (text.getType()) {
                case BODY, FULL -> new SearchTree.Content(text, true);
                case ATTACHMENTS, ATTACHMENT_FILE_NAME -> throw new UnsupportedSearchException();
            };
        }
        if (criterion instanceof SearchQuery.HeaderCriterion
                || criterion instanceof SearchQuery.SubjectCriterion
                || criterion instanceof SearchQuery.MimeMessageIDCriterion) {
            return new SearchTree.Content(criterion, false);
        }
        return new SearchTree.Sql(condition(criterion));
    }

    private Condition condition(Criterion criterion) throws UnsupportedSearchException {
        if (criterion instanceof SearchQuery.AllCriterion) {
            return DSL.trueCondition();
        }
        if (criterion instanceof SearchQuery.UidCriterion uid) {
            return DSL.or(Arrays.stream(uid.getOperator().getRange())
                    .map(SearchConditions::in)
                    .toList());
        }
        if (criterion instanceof SearchQuery.FlagCriterion flag) {
            return flag(flag.getFlag(), flag.getOperator().isSet());
        }
        if (criterion instanceof SearchQuery.CustomFlagCriterion keyword) {
            Condition set = keyword(keyword.getFlag());
            return keyword.getOperator().isSet() ? set : set.not();
        }
        if (criterion instanceof SearchQuery.SizeCriterion size) {
            return number(MESSAGE.SIZE.cast(Long.class), size.getOperator());
        }
        if (criterion instanceof SearchQuery.ModSeqCriterion modSeq) {
            return number(MAILBOX_MESSAGE.MODSEQ, modSeq.getOperator());
        }
        if (criterion instanceof SearchQuery.InternalDateCriterion date) {
            return date(MAILBOX_MESSAGE.INTERNAL_DATE, date.getOperator());
        }
        if (criterion instanceof SearchQuery.SaveDateCriterion date) {
            return MAILBOX_MESSAGE.SAVE_DATE.isNotNull().and(date(MAILBOX_MESSAGE.SAVE_DATE, date.getOperator()));
        }
        if (criterion instanceof SearchQuery.MessageIdCriterion id) {
            return MAILBOX_MESSAGE.MESSAGE_ID.eq(UuidMessageId.of(id.getMessageId()));
        }
        if (criterion instanceof SearchQuery.ThreadIdCriterion id) {
            return MAILBOX_MESSAGE.CONVERSATION.eq(
                    UuidMessageId.of(id.getThreadId().getBaseMessageId()));
        }
        throw new UnsupportedSearchException();
    }

    private static Condition in(SearchQuery.UidRange range) {
        return MAILBOX_MESSAGE.UID.between(
                range.getLowValue().asLong(), range.getHighValue().asLong());
    }

    private Condition flag(Flags.Flag flag, boolean wanted) {
        FolderFlag stored = ImapFlags.system(new Flags(flag)).iterator().next();
        Condition condition = wanted ? stored.isSet() : stored.isNotSet();
        if (flag != Flags.Flag.RECENT || recent.isEmpty()) {
            return condition;
        }
        Condition listed = MAILBOX_MESSAGE.UID.eq(
                DSL.any(recent.stream().map(MessageUid::asLong).toArray(Long[]::new)));
        return wanted ? condition.or(listed) : condition.andNot(listed);
    }

    private Condition keyword(String keyword) {
        List<String> sealed = sealedKeywords.apply(keyword);
        return sealed.isEmpty()
                ? DSL.falseCondition()
                : DSL.condition(
                        "{0} && {1}::text[]", MAILBOX_MESSAGE.USER_FLAGS, DSL.val(sealed.toArray(String[]::new)));
    }

    private static Condition number(Field<Long> field, NumericOperator operator) {
        return switch (operator.getType()) {
            case EQUALS -> field.eq(operator.getValue());
            case LESS_THAN -> field.lt(operator.getValue());
            case GREATER_THAN -> field.gt(operator.getValue());
        };
    }

    private static Condition date(Field<Instant> field, DateOperator operator) {
        ZonedDateTime from =
                start(known(operator.getDate().toInstant()).atZone(ZoneOffset.UTC), operator.getDateResultion());
        Instant until = from.plus(1, unit(operator.getDateResultion())).toInstant();
        return switch (operator.getType()) {
            case BEFORE -> field.lt(from.toInstant());
            case ON -> field.ge(from.toInstant()).and(field.lt(until));
            case AFTER -> field.ge(until);
        };
    }

    /** A time that PostgreSQL knows: OLDER and YOUNGER (RFC 5032) can ask for what was before all calendars. */
    private static Instant known(Instant date) {
        if (date.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return date.isAfter(LATEST) ? LATEST : date;
    }

    /** The beginning of the year, month or anything shorter in which an instant lies. */
    static ZonedDateTime start(ZonedDateTime date, DateResolution resolution) {
        return switch (resolution) {
            case Year -> date.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
            case Month -> date.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
            case Day, Hour, Minute, Second -> date.truncatedTo(unit(resolution));
        };
    }

    private static ChronoUnit unit(DateResolution resolution) {
        return switch (resolution) {
            case Year -> ChronoUnit.YEARS;
            case Month -> ChronoUnit.MONTHS;
            case Day -> ChronoUnit.DAYS;
            case Hour -> ChronoUnit.HOURS;
            case Minute -> ChronoUnit.MINUTES;
            case Second -> ChronoUnit.SECONDS;
        };
    }
}
