package org.therapost.mailets.authentication;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
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
import org.therapost.domain.conversation.ArrivedMail;
import org.therapost.domain.people.EmailAddress;
import org.therapost.mailets.dns.Dns;
import org.therapost.mailets.dns.DnsAnswer;

/** Whether a domain lets a host send for it: SPF (RFC 7208), by jSPF. */
final class SpfCheck {

    private final SPF spf;

    /** One for all messages: jSPF's parser is costly to make. Its default executor would answer in other threads. */
    SpfCheck(Dns dns) {
        DNSService questions = new Questions(dns);
        MacroExpand macros = new MacroExpand(questions);
        WiringServiceTable parts = new WiringServiceTable();
        SPFRecordParser parser = new RFC4408SPF1Parser(new DefaultTermsFactory(parts));
        this.spf = new SPF(questions, parser, macros, new SynchronousSPFExecutor(questions));
        parts.put(DNSServiceEnabled.class, questions);
        parts.put(MacroExpandEnabled.class, macros);
        parts.put(SPFCheckEnabled.class, spf);
    }

    /** The domain that would be proved: that of the envelope sender, for {@code <>} that of HELO. */
    static String domain(ArrivedMail mail) {
        return mail.sender().map(EmailAddress::domain).orElse(mail.helo());
    }

    Verdict check(ArrivedMail mail) {
        String sender = mail.sender().map(EmailAddress::value).orElse("");
        String result =
                spf.checkSPF(mail.peer().getHostAddress(), sender, mail.helo()).getResult();
        return switch (result) {
            case SPFErrorConstants.PASS_CONV -> Verdict.PASS;
            case SPFErrorConstants.TEMP_ERROR_CONV -> Verdict.CANNOT_TELL;
            default -> Verdict.FAIL;
        };
    }

    /** jSPF's questions. It stops after ten terms; the limit of records bounds what each of them can ask. */
    private static final class Questions implements DNSService {

        // RFC 7208 section 4.6.4.
        private static final int RECORDS = 10;

        private final Dns dns;

        Questions(Dns dns) {
            this.dns = dns;
        }

        @Override
        public List<String> getRecords(DNSRequest request) throws TimeoutException {
            String name = request.getHostname();
            return switch (request.getRecordType()) {
                case DNSRequest.A -> list(dns.ipv4(name), InetAddress::getHostAddress);
                case DNSRequest.AAAA -> list(dns.ipv6(name), InetAddress::getHostAddress);
                case DNSRequest.MX -> list(dns.exchangers(name), Function.identity());
                case DNSRequest.PTR -> list(dns.pointers(name), Function.identity());
                case DNSRequest.TXT -> list(dns.texts(name), Function.identity());
                // RFC 7208 section 3.1: the record type SPF is not used any more.
                default -> new ArrayList<>();
            };
        }

        private static <T> List<String> list(DnsAnswer<T> answer, Function<T, String> text) throws TimeoutException {
            if (answer instanceof DnsAnswer.CannotTell) {
                throw new TimeoutException("no answer");
            }
            // jSPF changes the lists it gets.
            List<String> texts = new ArrayList<>();
            if (answer instanceof DnsAnswer.Found<T> found) {
                found.records().stream().limit(RECORDS).map(text).forEach(texts::add);
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
