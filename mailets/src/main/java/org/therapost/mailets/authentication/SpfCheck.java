package org.therapost.mailets.authentication;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.james.jspf.core.DNSRequest;
import org.apache.james.jspf.core.DNSService;
import org.apache.james.jspf.core.DNSServiceEnabled;
import org.apache.james.jspf.core.MacroExpand;
import org.apache.james.jspf.core.MacroExpandEnabled;
import org.apache.james.jspf.core.SPFCheckEnabled;
import org.apache.james.jspf.core.SPFRecordParser;
import org.apache.james.jspf.core.exceptions.SPFErrorConstants;
import org.apache.james.jspf.core.exceptions.TimeoutException;
import org.apache.james.jspf.executor.SynchronousSPFExecutor;
import org.apache.james.jspf.impl.DefaultTermsFactory;
import org.apache.james.jspf.impl.SPF;
import org.apache.james.jspf.parser.RFC4408SPF1Parser;
import org.apache.james.jspf.wiring.WiringServiceTable;
import org.therapost.domain.addresses.ReversePath;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.mailets.dns.Dns;
import org.therapost.mailets.dns.DnsAnswer;

/** Whether a domain lets a host send for it: SPF (RFC 7208), by jSPF, which counts terms; look-ups are counted here. */
final class SpfCheck {

    // jSPF's parser is costly to make and holds nothing of a check.
    private static final Parts PARTS = new Parts();

    private final Dns dns;

    SpfCheck(Dns dns) {
        this.dns = dns;
    }

    /** The domain that would be proved: that of the envelope sender, whatever stands before its @, for {@code <>} that of HELO. */
    static String domain(ArrivedMail mail) {
        return mail.sender().map(ReversePath::domain).orElse(mail.helo());
    }

    /** jSPF looks for the first {@code @}; a local part that has one, or is none, counts as RFC 7208 section 4.3 has it. */
    private static String identity(ReversePath sender) {
        boolean plain = sender.localPart().matches("[!-~&&[^@\"\\\\]]+");
        return (plain ? sender.localPart() : "postmaster") + "@" + sender.domain();
    }

    AuthenticationVerdict check(ArrivedMail mail) {
        String sender = mail.sender().map(SpfCheck::identity).orElse("");
        Questions questions = new Questions(dns);
        // Its default executor would answer in other threads.
        SPF spf = new SPF(questions, PARTS.parser, new MacroExpand(questions), new SynchronousSPFExecutor(questions));
        String result =
                spf.checkSPF(mail.peer().getHostAddress(), sender, mail.helo()).getResult();
        if (questions.exceeded) {
            return AuthenticationVerdict.FAIL;
        }
        return switch (result) {
            case SPFErrorConstants.PASS_CONV -> AuthenticationVerdict.PASS;
            case SPFErrorConstants.TEMP_ERROR_CONV -> AuthenticationVerdict.CANNOT_TELL;
            default -> AuthenticationVerdict.FAIL;
        };
    }

    /** What all checks share: the terms of records call back for macros and for the records of other domains. */
    private static final class Parts {

        private final SPFRecordParser parser;

        Parts() {
            // These ask nothing by themselves: whatever needs an answer is asked by the executor of a check.
            Questions none = new Questions(Dns.of(List.of()));
            MacroExpand macros = new MacroExpand(none);
            WiringServiceTable services = new WiringServiceTable();
            this.parser = new RFC4408SPF1Parser(new DefaultTermsFactory(services));
            services.put(DNSServiceEnabled.class, none);
            services.put(MacroExpandEnabled.class, macros);
            services.put(SPFCheckEnabled.class, new SPF(none, parser, macros, new SynchronousSPFExecutor(none)));
        }
    }

    /**
     * The questions of one check. RFC 7208 section 4.6.4 bounds the terms that ask (jSPF does), the names that one term can
     * bring, and the terms whose answer is empty.
     */
    private static final class Questions implements DNSService {

        private static final int RECORDS = 10;
        private static final int VOID = 2;

        private final Dns dns;
        private final Set<String> broughtByTerms = new HashSet<>();
        private int texts;
        private int empty;
        private boolean exceeded;

        Questions(Dns dns) {
            this.dns = dns;
        }

        @Override
        public List<String> getRecords(DNSRequest request) throws TimeoutException {
            String name = request.getHostname();
            if (exceeded) {
                // There is no way to tell jSPF to end with "permerror" here; it ends with this, and the flag is looked
                // at.
                throw new TimeoutException("over the limits");
            }
            if (request.getRecordType() == DNSRequest.SPF) {
                // RFC 7208 section 3.1: this record type is not used any more.
                return new ArrayList<>();
            }
            List<String> records =
                    switch (request.getRecordType()) {
                        case DNSRequest.A -> list(dns.ipv4(name), InetAddress::getHostAddress);
                        case DNSRequest.AAAA -> list(dns.ipv6(name), InetAddress::getHostAddress);
                        case DNSRequest.MX -> names(list(dns.exchangers(name), Function.identity()));
                        case DNSRequest.PTR -> pointers(list(dns.pointers(name), Function.identity()));
                        case DNSRequest.TXT -> list(dns.texts(name), Function.identity());
                        default -> throw new IllegalStateException("no question of SPF");
                    };
            count(request, records);
            return records;
        }

        /** The first text is the domain's own record, and addresses of names that a term brought are part of that term. */
        private void count(DNSRequest request, List<String> records) throws TimeoutException {
            boolean own = request.getRecordType() == DNSRequest.TXT && texts++ == 0;
            boolean part = broughtByTerms.contains(request.getHostname());
            if (records.isEmpty() && !own && !part && ++empty > VOID) {
                exceeded = true;
                throw new TimeoutException("too many empty answers");
            }
        }

        /** More than ten exchangers are an error. */
        private List<String> names(List<String> exchangers) throws TimeoutException {
            if (exchangers.size() > RECORDS) {
                exceeded = true;
                throw new TimeoutException("too many exchangers");
            }
            broughtByTerms.addAll(exchangers);
            return exchangers;
        }

        /** Of more than ten names of an address the rest is ignored. */
        private List<String> pointers(List<String> pointers) {
            List<String> first = new ArrayList<>(pointers.subList(0, Math.min(RECORDS, pointers.size())));
            broughtByTerms.addAll(first);
            return first;
        }

        private static <T> List<String> list(DnsAnswer<T> answer, Function<T, String> text) throws TimeoutException {
            if (answer instanceof DnsAnswer.CannotTell) {
                throw new TimeoutException("no answer");
            }
            // jSPF changes the lists it gets.
            List<String> texts = new ArrayList<>();
            if (answer instanceof DnsAnswer.Found<T> found) {
                found.records().stream().map(text).forEach(texts::add);
            }
            return texts;
        }

        @Override
        public CompletionStage<List<String>> getRecordsAsync(DNSRequest request) {
            try {
                return CompletableFuture.completedFuture(getRecords(request));
            } catch (TimeoutException unclear) {
                return CompletableFuture.failedFuture(unclear);
            }
        }

        @Override
        public List<String> getLocalDomainNames() {
            return List.of();
        }

        @Override
        public void setTimeOut(int seconds) {
            // The time is Dns's to decide.
        }

        @Override
        public int getRecordLimit() {
            return RECORDS;
        }

        @Override
        public void setRecordLimit(int limit) {
            // So is the number of records.
        }
    }
}
