package org.therapost.storage.james.repository;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.api.MailRepositoryFactory;
import org.apache.james.mailrepository.api.MailRepositoryPath;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.james.mailrepository.api.MailRepositoryUrlStore;
import org.apache.james.mailrepository.api.Protocol;

/** Knows one kind of repository. A mailet that is configured to keep mail elsewhere, in a file say, does not start. */
public final class SealedMailRepositoryStore implements MailRepositoryStore {

    /** The protocol of our repositories. */
    public static final Protocol SEALED = new Protocol("sealed");

    private final MailRepositoryUrlStore urls;
    private final MailRepositoryFactory factory;
    private final Map<MailRepositoryUrl, MailRepository> repositories = new ConcurrentHashMap<>();

    public SealedMailRepositoryStore(MailRepositoryUrlStore urls, MailRepositoryFactory factory) {
        this.urls = urls;
        this.factory = factory;
    }

    @Override
    public MailRepository select(MailRepositoryUrl url) throws UnsupportedRepositoryStoreException {
        if (!url.getProtocol().equals(SEALED)) {
            throw new UnsupportedRepositoryStoreException(
                    "a mail repository has the protocol " + SEALED.getValue() + ", not " + url.asString());
        }
        return open(url);
    }

    private MailRepository open(MailRepositoryUrl url) {
        return repositories.computeIfAbsent(url, opened -> {
            urls.add(opened);
            return factory.create(opened);
        });
    }

    @Override
    public Optional<Protocol> defaultProtocol() {
        return Optional.of(SEALED);
    }

    @Override
    public Optional<MailRepository> get(MailRepositoryUrl url) {
        return urls.contains(url) ? Optional.of(open(url)) : Optional.empty();
    }

    @Override
    public Stream<MailRepository> getByPath(MailRepositoryPath path) {
        return urls.listDistinct().filter(url -> url.getPath().equals(path)).map(this::open);
    }

    @Override
    public Stream<MailRepositoryUrl> getUrls() {
        return urls.listDistinct();
    }
}
