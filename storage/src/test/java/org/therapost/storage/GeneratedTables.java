package org.therapost.storage;

import java.io.IOException;
import java.nio.file.Path;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;
import org.therapost.storage.postgres.ConnectionParameters;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.EmbeddedCluster;

/** Generates the jOOQ classes from the migrated database; run it after a change of the schema (CONTRIBUTING.md). */
public final class GeneratedTables {

    private GeneratedTables() {}

    /** Writes the classes into the folder that is named. */
    public static void main(String[] arguments) throws Exception {
        Path folder = java.nio.file.Files.createTempDirectory("therapost-generate");
        try (EmbeddedCluster cluster = EmbeddedCluster.start(folder.resolve("cluster"), folder.resolve("binaries"));
                Database database = Database.connect(cluster.parameters(2))) {
            generate(database, Path.of(arguments[0]));
        }
    }

    static void generate(Database database, Path target) throws IOException {
        ConnectionParameters parameters = database.parameters();
        try {
            GenerationTool.generate(new Configuration()
                    .withLogging(Logging.WARN)
                    .withJdbc(new Jdbc()
                            .withDriver("org.postgresql.Driver")
                            .withUrl(parameters.url())
                            .withUser(parameters.user())
                            .withPassword(parameters.password()))
                    .withGenerator(new Generator()
                            .withDatabase(new org.jooq.meta.jaxb.Database()
                                    .withInputSchema("public")
                                    .withOutputSchemaToDefault(true)
                                    .withExcludes("flyway_schema_history")
                                    .withForcedTypes(new org.jooq.meta.jaxb.ForcedType()
                                            .withName("INSTANT")
                                            .withIncludeTypes("timestamptz")))
                            .withGenerate(new Generate()
                                    .withGeneratedAnnotation(false)
                                    .withComments(false)
                                    .withGlobalObjectReferences(true))
                            .withTarget(new Target()
                                    .withPackageName("org.therapost.storage.generated")
                                    .withDirectory(target.toString())
                                    .withClean(true))));
        } catch (Exception failed) {
            throw new IOException("jOOQ could not generate its classes", failed);
        }
    }
}
