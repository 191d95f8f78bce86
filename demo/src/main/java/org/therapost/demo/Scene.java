package org.therapost.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.therapost.demo.world.OutsideWorld;
import org.therapost.server.process.TherapostServer;

/** What all acts play with. */
record Scene(
        Narrator narrator,
        Operator operator,
        OutsideWorld outside,
        TherapostServer server,
        DemoFolder folder,
        Clock clock) {

    /** Where the practice takes mail from outside. */
    InetSocketAddress smtp() {
        return server.addresses().smtp();
    }

    /** What operators see of a thread. */
    JsonNode thread(String address) throws IOException {
        return operator.type("thread", "show", address);
    }
}
