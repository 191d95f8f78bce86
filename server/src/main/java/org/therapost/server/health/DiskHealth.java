package org.therapost.server.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** The disk of the data folder has room. */
final class DiskHealth implements HealthCheck {

    private static final ComponentName NAME = new ComponentName("disk");

    private static final long MEBIBYTE = 1024 * 1024;

    private final Path folder;
    private final long least;

    DiskHealth(Path folder, long least) {
        this.folder = folder;
        this.least = least;
    }

    @Override
    public ComponentName componentName() {
        return NAME;
    }

    @Override
    public Publisher<Result> check() {
        return Mono.fromCallable(this::look);
    }

    private Result look() {
        try {
            long room = Files.getFileStore(folder).getUsableSpace();
            return room >= least
                    ? Result.healthy(NAME)
                    : Result.unhealthy(NAME, room / MEBIBYTE + " MiB are left, fewer than " + least / MEBIBYTE);
        } catch (IOException unreadable) {
            return Result.unhealthy(NAME, "the data folder cannot be read");
        }
    }
}
