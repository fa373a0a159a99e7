package org.badak.spark;

import java.io.IOException;
import java.util.Arrays;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;

/// The process of a master or a worker of a [StandaloneCluster]. It ends when its standard input
/// does: when the process that started it is gone, however that ended.
final class ClusterMember {
    private ClusterMember() {}

    /// @param arguments `master` or `worker`, and the arguments of that
    public static void main(String[] arguments) {
        Thread watch = new Thread(ClusterMember::awaitEnd, "badak-parent");
        watch.setDaemon(true);
        watch.start();
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        switch (arguments[0]) {
            case "master" -> Master.main(rest);
            case "worker" -> Worker.main(rest);
            default -> throw new IllegalArgumentException("expected master or worker, found " + arguments[0]);
        }
    }

    private static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                // nobody writes
            }
        } catch (IOException broken) {
            // as if it had ended
        }
        Runtime.getRuntime().halt(0);
    }
}
