package org.therapost.storage.james.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.therapost.storage.james.events.FolderNotification.Kind;

class FolderNotificationTest {

    private static final String PROCESS = UUID.randomUUID().toString();
    private static final UUID FOLDER = UUID.randomUUID();

    @Test
    void many_scattered_uids_go_in_several_parts_that_postgresql_takes() {
        List<Long> scattered = LongStream.rangeClosed(1, 2000)
                .map(i -> Integer.MAX_VALUE * 2L - 3 * i)
                .sorted()
                .boxed()
                .toList();
        List<Long> told = new ArrayList<>();
        for (String part : FolderNotification.encode(PROCESS, Kind.EXPUNGED, FOLDER, scattered)) {
            assertThat(part.length()).isLessThan(8000);
            FolderNotification news = FolderNotification.decode(part);
            assertThat(news.kind()).isEqualTo(Kind.EXPUNGED);
            assertThat(news.folder()).isEqualTo(FOLDER);
            told.addAll(news.uids());
        }
        assertThat(told).isEqualTo(scattered);
    }

    @Test
    void neighbours_are_one_range() {
        List<Long> uids = LongStream.rangeClosed(1, 20_000).boxed().toList();
        List<String> parts = FolderNotification.encode(PROCESS, Kind.FLAGS, FOLDER, uids);
        assertThat(parts).hasSize(1).allSatisfy(part -> assertThat(part).endsWith(" 1:20000"));
        assertThat(FolderNotification.decode(parts.get(0)).uids()).isEqualTo(uids);
    }

    @Test
    void a_deleted_folder_needs_no_uids() {
        String part = FolderNotification.encode(PROCESS, Kind.DELETED, FOLDER, List.of())
                .get(0);
        assertThat(FolderNotification.decode(part))
                .isEqualTo(new FolderNotification(PROCESS, Kind.DELETED, FOLDER, List.of()));
    }

    @Test
    void what_somebody_else_says_on_the_channel_is_no_news() {
        for (String other : new String[] {"", "a b c", "p ADDED x 1:2", "p ADDED " + FOLDER + " 1-2"}) {
            assertThatThrownBy(() -> FolderNotification.decode(other)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
