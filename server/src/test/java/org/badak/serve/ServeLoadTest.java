package org.badak.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.badak.server.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Short loads, for errors only: latencies are measured by [Load] against a server of its own process, see
/// docs/serving.md. `-Dbadak.load.seconds=600` makes each load longer.
class ServeLoadTest {
    private static final int SECONDS = Integer.getInteger("badak.load.seconds", 2);

    @TempDir
    Path folder;

    private ModelServer start(int queue, int maxBatch, int... hidden) throws Exception {
        ServeSettings settings =
                new ServeSettings(Access.loopback(0), 1, maxBatch, queue, 64, 1 << 20, Duration.ofSeconds(1));
        Path file = TestModels.write(folder.resolve("digits"), TestModels.digits(1, hidden));
        return ModelServer.start(settings, Map.of("digits", file), new ServeListener() {});
    }

    private static Load load(ModelServer server) {
        return new Load(URI.create(server.address() + "/predict"), Load.digit());
    }

    @Test
    @Timeout(1200)
    void steadyLoadMeetsNoErrorEvenBesideHalfOpenConnections() throws Exception {
        try (ModelServer server = start(256, 64, 50)) {
            Load load = load(server);
            List<Socket> held = load.halfOpen(200);

            Load.Result result = load.run(200, SECONDS);

            assertThat(result.statuses()).isEqualTo(Map.of(200, 200 * SECONDS));
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    @Test
    @Timeout(1200)
    void overloadIsAnsweredOrSentAway() throws Exception {
        try (ModelServer server = start(4, 1, 1500, 1500)) { // some milliseconds for each request
            Load.Result result = load(server).run(1000, SECONDS);

            assertThat(result.statuses()).containsOnlyKeys(200, 429);
        }
    }
}
