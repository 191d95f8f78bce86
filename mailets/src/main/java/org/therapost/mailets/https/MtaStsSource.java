package org.therapost.mailets.https;

import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
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

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int HTTPS = 443;
    private static final int ADDRESSES = 2;
    private static final int OK = 200;
    private static final String FILE = "/.well-known/mta-sts.txt";

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

    /** In a thread of its own: no timeout of a socket bounds a whole answer, nor the look-up that the JDK makes for nothing. */
    private Optional<MtaStsPolicy> fetch(String host, InetAddress address) {
        JudgedAddressSockets sockets = new JudgedAddressSockets(trust.getSocketFactory(), address, port);
        FutureTask<Optional<MtaStsPolicy>> request = new FutureTask<>(() -> ask(host, sockets));
        Thread asking = new Thread(request, "policy of a domain");
        asking.setDaemon(true);
        asking.start();
        try (sockets) {
            return request.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException | ExecutionException | TimeoutException failed) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<MtaStsPolicy> ask(String host, JudgedAddressSockets sockets) throws IOException {
        URL file = new URL("https", new SNIHostName(host).getAsciiName(), port, FILE);
        HttpsURLConnection connection = (HttpsURLConnection) file.openConnection(Proxy.NO_PROXY);
        connection.setSSLSocketFactory(sockets);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setAuthenticator(new Authenticator() {});
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        connection.setRequestProperty("Connection", "close");
        // RFC 8461 section 3.3: another media type may be a file of somebody who may upload files there.
        if (connection.getResponseCode() != OK || !isText(connection.getContentType())) {
            return Optional.empty();
        }
        try (InputStream body = connection.getInputStream()) {
            byte[] octets = body.readNBytes(MtaStsPolicy.LONGEST + 1);
            return octets.length > MtaStsPolicy.LONGEST ? Optional.empty() : MtaStsPolicy.read(octets);
        }
    }

    private static boolean isText(@Nullable String type) {
        String written = type == null ? "" : type.toLowerCase(Locale.ROOT).strip();
        return written.equals("text/plain") || written.startsWith("text/plain;");
    }
}
