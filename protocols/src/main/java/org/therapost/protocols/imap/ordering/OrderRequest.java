package org.therapost.protocols.imap.ordering;

import java.util.List;
import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.request.SearchOperation;
import org.apache.james.imap.message.request.AbstractImapRequest;
import org.therapost.domain.folders.MessageSummary;
import org.therapost.protocols.imap.ordering.SortKey.Criterion;

/** SORT, or THREAD with the algorithm REFERENCES. */
final class OrderRequest extends AbstractImapRequest {

    static final ImapCommand SORT = ImapCommand.selectedStateCommand("SORT");
    static final ImapCommand THREAD = ImapCommand.selectedStateCommand("THREAD");

    private final List<Criterion> criteria;
    private final SearchOperation search;
    private final boolean useUids;

    /** @param criteria of SORT; none for THREAD */
    OrderRequest(Tag tag, List<Criterion> criteria, SearchOperation search, boolean useUids) {
        super(tag, criteria.isEmpty() ? THREAD : SORT);
        this.criteria = List.copyOf(criteria);
        this.search = search;
        this.useUids = useUids;
    }

    List<Criterion> criteria() {
        return criteria;
    }

    SearchOperation search() {
        return search;
    }

    /** What of the messages it takes to order them. */
    MessageSummary.Extent needs() {
        boolean headers =
                criteria.isEmpty() || criteria.stream().map(Criterion::key).anyMatch(SortKey::needsHeader);
        return headers ? MessageSummary.Extent.HEADER : MessageSummary.Extent.ROW;
    }

    boolean useUids() {
        return useUids;
    }
}
