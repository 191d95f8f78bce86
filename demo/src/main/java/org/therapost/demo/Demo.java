package org.therapost.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.therapost.demo.world.BloomsProgram;
import org.therapost.demo.world.DemoException;
import org.therapost.demo.world.OutsideWorld;
import org.therapost.demo.world.Script;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.process.TherapostServer;
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
        void tryIt(DemoSettings settings) throws Exception;
    }

    /**
     * A play in a folder, which is emptied now.
     *
     * @throws DemoException if there is anything in it that no demo has left there
     */
    public static Demo in(Path folder, Operator operator, PrintWriter out, Clock clock) throws DemoException {
        return new Demo(DemoFolder.fresh(folder), operator, out, clock, OutsideWorld.ONLY_HOST_A);
    }

    /** The same in a world where provider A says something else about who may send for it. */
    Demo withSpfOfProviderA(String spf) {
        return new Demo(folder, operator, out, clock, spf);
    }

    /**
     * Plays.
     *
     * @param demoPorts where the server listens
     * @param afterwards what comes when the play is over, while everything still runs
     * @throws DemoException if a step did not hold, or nothing could be started
     */
    public void play(DemoPorts demoPorts, Afterwards afterwards) throws DemoException {
        try (OutsideWorld outside = OutsideWorld.open(folder.outside(), spfOfProviderA, clock)) {
            Narrator narrator = new Narrator(out);
            narrator.act("Therapost and the world outside start");
            Configuration configuration = demoPorts.configure(folder, outside);
            try (TherapostServer server = TherapostServer.start(configuration, narrator::aside)) {
                narrator.aside("ready");
                Scene scene = new Scene(narrator, operator, outside, server, folder, clock);
                EnrolledPractice enrolledPractice = story(scene);
                afterwards.tryIt(new DemoSettings(server.addresses(), enrolledPractice, outside, folder.data()));
            }
        } catch (DemoException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new DemoException("the demo cannot be played: " + failed.getMessage(), failed);
        }
    }

    private static EnrolledPractice story(Scene scene) throws Exception {
        EnrolledPractice enrolledPractice = new EnrolmentAct(scene).play();
        BloomsProgram bloom = new BloomsProgram(
                scene.server().addresses(),
                OutgoingTrust.with(Optional.of(scene.folder().certificate())).getSocketFactory(),
                Script.BLOOM,
                enrolledPractice.password());
        new WritingAct(scene, enrolledPractice, bloom).play();
        new KeyAct(scene, enrolledPractice, bloom).play();
        new AnsweringAct(scene, enrolledPractice, bloom).play();
        new RefusalAct(scene, enrolledPractice, bloom).play();
        new LiveSessionAct(scene, enrolledPractice, bloom).play();
        new TheftAct(scene, enrolledPractice).play();
        scene.narrator().line("");
        scene.narrator().line("All " + scene.narrator().held() + " steps held.");
        return enrolledPractice;
    }
}
