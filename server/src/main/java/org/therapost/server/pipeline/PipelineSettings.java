package org.therapost.server.pipeline;

import java.nio.file.Path;
import java.util.Optional;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * The mailets that mail passes.
 *
 * @param file names the pipelines' mailets; empty for the built-in one
 * @param extensions folder of jars with an operator's own mailets, absolute; it need not exist
 */
public record PipelineSettings(Optional<Path> file, Path extensions) {

    public static final Setting<Optional<Path>> FILE = Setting.of(
                    "pipeline.file", "", ValueKind.readableFile().orNothing(), """
                    The file that names the mailets which mail passes. Your own filters are among them. Empty: the file \
                    mailetcontainer.xml beside this file. It must be there: with the built-in one in its place your \
                    filters would be left out.
                    """)
            .orBeside("mailetcontainer.xml", "it names the mailets that mail passes");

    public static final Setting<Path> EXTENSIONS =
            Setting.of("extensions.folder", "extensions", ValueKind.folder(), """
                Folder of jars with mailets and matchers of your own (docs/extending.md). The code in these jars runs with \
                all rights of the server. The folder need not exist.
                """);

    /** The section "Filters". */
    public static final SettingsSection<PipelineSettings> SECTION = SettingsSection.of(
            PipelineSettings.class,
            "Filters",
            values -> new PipelineSettings(
                    values.get(FILE), values.get(EXTENSIONS).toAbsolutePath().normalize()),
            FILE,
            EXTENSIONS);
}
