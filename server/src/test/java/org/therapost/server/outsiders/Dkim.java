package org.therapost.server.outsiders;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.therapost.server.outsiders.openpgp.Program;

/** dkimpy of the distribution (so not any Python on the path), which other people's filters verify with, judges a signature by the record that IT staff were told to publish. */
final class Dkim {

    private static final String VERIFY = """
        import dkim, os, sys
        record = lambda name, timeout=5: os.environ["KEY"].encode() if name.rstrip(b".") == os.environ["NAME"].encode() else b""
        sys.exit(0 if dkim.verify(sys.stdin.buffer.read(), dnsfunc=record) else 1)
        """;

    private Dkim() {}

    /** Whether the signature of the practice's domain holds. */
    static boolean verify(Practice practice, String mail) throws IOException {
        JsonNode key = practice.signingRecord();
        Path folder = practice.folder("dkim");
        Map<String, String> environment = Map.of(
                "NAME", key.path("name").asText(), "KEY", key.path("value").asText());
        Program.Outcome outcome = Program.run(
                folder, environment, signed(mail).getBytes(UTF_8), List.of("/usr/bin/python3", "-c", VERIFY));
        if (!outcome.errors().isEmpty()) {
            throw new AssertionError("dkimpy (python3-dkim) failed: " + outcome.errors());
        }
        return outcome.status() == 0;
    }

    /** Without what the receiving side has put above. */
    private static String signed(String mail) {
        return mail.substring(mail.indexOf("DKIM-Signature:"));
    }
}
