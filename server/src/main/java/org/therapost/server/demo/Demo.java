package org.therapost.server.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.therapost.server.TherapostServer;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.tls.OutgoingTrust;

/** The play from the first line to the last. */
public final class Demo {

    /** The name by which the practice's server is known outside. */
    static final String HOSTNAME = "mail.practice.example";

    private final DemoFolder folder;
    private final Operator operator;
    private final PrintWriter out;
    private final Clock clock;
    private final String spfOfProviderA;

    private Demo(DemoFolder folder, Operator operator, PrintWriter out, Clock clock, String spfOfProviderA) {
        this.folder = folder;
        this.operator = operator;
        this.out = out;
        this.clock = clock;
        this.spfOfProviderA = spfOfProviderA;
    }

    /** What comes when the play is over; as long as it takes, everything runs. */
    public interface Afterwards {
        void tryIt(Settings settings) throws Exception;
    }

    /**
     * A play in a folder, which is emptied now.
     *
     * @throws DemoException if there is anything in it that no demo has left there
     */
    public static Demo in(Path folder, Operator operator, PrintWriter out, Clock clock) throws DemoException {
        return new Demo(DemoFolder.fresh(folder), operator, out, clock, Outside.ONLY_HOST_A);
    }

    /** The same in a world where provider A says something else about who may send for it. */
    Demo withSpfOfProviderA(String spf) {
        return new Demo(folder, operator, out, clock, spf);
    }

    /**
     * Plays.
     *
     * @param ports where the server listens
     * @param afterwards what comes when the play is over, while everything still runs
     * @throws DemoException if a step did not hold, or nothing could be started
     */
    public void play(Ports ports, Afterwards afterwards) throws DemoException {
        try (Outside outside = Outside.open(folder.outside(), spfOfProviderA, clock)) {
            Narrator narrator = new Narrator(out);
            narrator.act("Therapost and the world outside start");
            Configuration configuration = ports.configure(folder, outside);
            try (TherapostServer server = TherapostServer.start(configuration, narrator::aside)) {
                narrator.aside("ready");
                Scene scene = new Scene(narrator, operator, outside, server, folder, clock);
                Practice practice = story(scene);
                afterwards.tryIt(new Settings(server.addresses(), practice, outside, folder.data()));
            }
        } catch (DemoException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new DemoException("the demo cannot be played: " + failed.getMessage(), failed);
        }
    }

    private static Practice story(Scene scene) throws Exception {
        Practice practice = new EnrolmentAct(scene).play();
        BloomsProgram bloom = new BloomsProgram(
                scene.server().addresses(),
                OutgoingTrust.with(Optional.of(scene.folder().certificate())).getSocketFactory(),
                Script.BLOOM,
                practice.password());
        new WritingAct(scene, practice, bloom).play();
        new AnsweringAct(scene, practice, bloom).play();
        new RefusalAct(scene, practice, bloom).play();
        new LiveSessionAct(scene, practice, bloom).play();
        new TheftAct(scene, practice).play();
        scene.narrator().line("");
        scene.narrator().line("All " + scene.narrator().held() + " steps held.");
        return practice;
    }
}
