package org.therapost.mailets.https;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.exchangers.MtaStsPolicy;
import org.therapost.domain.exchangers.PolicySource;
import org.therapost.mailets.dns.Dns;
import org.therapost.mailets.dns.DnsAnswer;

/**
 * MTA-STS policies as domains publish them (RFC 8461 section 3). The address is looked up and judged here, and the connection goes to
 * that very address: a second look-up could lead elsewhere. The certificate is verified by the name all the same.
 */
public final class MtaStsSource implements PolicySource {

    static {
        // Read when a program uses the JDK's client for the first time: it lets a request name the host although its
        // URI has an
        // address. Where something else was first, and had not set it, nothing can be fetched.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private static final Logger LOG = LoggerFactory.getLogger(MtaStsSource.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int HTTPS = 443;
    private static final int ADDRESSES = 2;
    private static final int OK = 200;

    // RFC 8461 section 3.1.
    private static final Pattern RECORD = Pattern.compile("v=STSv1[ \t]*;.*");
    private static final Pattern ID = Pattern.compile(".*;[ \t]*id[ \t]*=[ \t]*([0-9A-Za-z]{1,32})[ \t]*(;.*)?");

    private final Dns dns;
    private final SSLContext trust;
    private final int port;
    private final Predicate<InetAddress> allowed;

    /** @param trust whose certificates verify a host */
    public MtaStsSource(Dns dns, SSLContext trust) {
        this(dns, trust, HTTPS, PublicAddresses::contain);
    }

    /**
     * At another port, with another idea of which addresses may be asked: for tests, whose web servers are on loopback.
     *
     * @param allowed which addresses are asked
     */
    public MtaStsSource(Dns dns, SSLContext trust, int port, Predicate<InetAddress> allowed) {
        this.dns = dns;
        this.trust = trust;
        this.port = port;
        this.allowed = allowed;
    }

    @Override
    public Optional<String> id(String domain) throws CannotTellException {
        DnsAnswer<String> texts = dns.texts("_mta-sts." + domain);
        if (texts instanceof DnsAnswer.CannotTell) {
            throw new CannotTellException("DNS did not tell whether a client's domain publishes a policy");
        }
        if (texts instanceof DnsAnswer.Found<String> found) {
            List<String> records = found.records().stream()
                    .filter(text -> RECORD.matcher(text).matches())
                    .toList();
            // More than one is none.
            return records.size() == 1 ? id(records) : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<String> id(List<String> records) {
        Matcher id = ID.matcher(records.get(0));
        return id.matches() ? Optional.of(id.group(1)) : Optional.empty();
    }

    @Override
    public MtaStsPolicy fetch(String domain) throws CannotTellException {
        String host = "mta-sts." + domain;
        for (InetAddress address : addresses(host)) {
            Optional<MtaStsPolicy> policy = fetch(host, address);
            if (policy.isPresent()) {
                return policy.get();
            }
        }
        throw new CannotTellException("no policy could be fetched from a client's domain");
    }

    private List<InetAddress> addresses(String host) {
        List<InetAddress> all = new ArrayList<>();
        if (dns.ipv4(host) instanceof DnsAnswer.Found<InetAddress> found) {
            all.addAll(found.records());
        }
        if (dns.ipv6(host) instanceof DnsAnswer.Found<InetAddress> found) {
            all.addAll(found.records());
        }
        return all.stream().filter(allowed).limit(ADDRESSES).toList();
    }

    private Optional<MtaStsPolicy> fetch(String host, InetAddress address) {
        SSLParameters named = new SSLParameters();
        named.setServerNames(List.of(new SNIHostName(host)));
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(PATIENCE)
                .sslContext(trust)
                .sslParameters(named)
                .build();
        Optional<HttpRequest> request = request(host, address);
        return request.isEmpty() ? Optional.empty() : answer(client, request.get());
    }

    private Optional<HttpRequest> request(String host, InetAddress address) {
        URI file =
                URI.create("https://" + InetAddresses.toUriString(address) + ":" + port + "/.well-known/mta-sts.txt");
        try {
            return Optional.of(HttpRequest.newBuilder(file)
                    .header("Host", host)
                    .timeout(PATIENCE)
                    .build());
        } catch (IllegalArgumentException notAllowed) {
            LOG.error("policies of domains cannot be fetched: start with -Djdk.httpclient.allowRestrictedHeaders=host");
            return Optional.empty();
        }
    }

    private static Optional<MtaStsPolicy> answer(HttpClient client, HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, about -> new BoundedBody(MtaStsPolicy.LONGEST));
        try {
            return policy(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException failed) {
            answer.cancel(true);
            return Optional.empty();
        } catch (InterruptedException stop) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<MtaStsPolicy> policy(HttpResponse<byte[]> answer) {
        // RFC 8461 section 3.3: another media type may be a file of somebody who may upload files there.
        boolean text = answer.headers()
                .firstValue("Content-Type")
                .map(type -> type.toLowerCase(Locale.ROOT).strip())
                .filter(type -> type.equals("text/plain") || type.startsWith("text/plain;"))
                .isPresent();
        return answer.statusCode() == OK && text ? MtaStsPolicy.read(answer.body()) : Optional.empty();
    }
}
