package org.badak.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;
import org.badak.data.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `badak spark-demo`: the same training in one process and on a cluster of Spark's on this
/// machine.
@Command(
        name = "spark-demo",
        header = "Trains on a small Spark cluster on this machine and compares the bits.",
        description = {
            "Starts a standalone master and workers of Apache Spark on the loopback address, trains there, stops them"
                    + " whatever happens, and compares the parameters, bit by bit, with those of one process.",
            "Needs Spark: --spark-home, SPARK_HOME, or the one that Badak's build gathers in spark/target/spark-home.",
            "Exit 0 if all bits are the same, 1 if not."
        })
final class SparkDemoCommand extends BadakCommand {
    @Option(
            names = "--data",
            paramLabel = "NAME",
            defaultValue = "mnist",
            description = "What is learned, as badak train --data. Default: ${DEFAULT-VALUE}.")
    private String data = "mnist";

    @Option(
            names = "--iterations",
            paramLabel = "N",
            defaultValue = "1200",
            description = "Steps to train. Default: ${DEFAULT-VALUE}.")
    private int iterations = 1200;

    @Option(
            names = "--shards",
            paramLabel = "N",
            defaultValue = "4",
            description = "Shards of a batch. Default: ${DEFAULT-VALUE}.")
    private int shards = 4;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "2",
            description = "Workers of the cluster, each with a core and 1 GB. Default: ${DEFAULT-VALUE}.")
    private int workers = 2;

    @Option(
            names = "--spark-home",
            paramLabel = "DIR",
            defaultValue = "",
            description = "The folder of Spark 4.2. Default: SPARK_HOME, or spark/target/spark-home of the build.")
    private String sparkHome = "";

    /// Made by picocli.
    SparkDemoCommand() {}

    @Override
    Outcome run(Console console) {
        if (workers < 1 || workers > 64) {
            throw UsageException.of("--workers", workers, "1 to 64", "try --workers 2");
        }
        SparkLibrary.find(sparkHome); // told before anything is trained
        Json.Members alone = train(new ObjectBuilder(), console);
        tell(console, Texts.of("One process", "한 프로세스"), alone);
        ObjectBuilder places =
                new ObjectBuilder().put("engine", "spark").put("master", "standalone[" + workers + ",1,1024]");
        if (!sparkHome.isEmpty()) {
            places.put("spark-home", sparkHome);
        }
        Json.Members spread = train(places, console);
        tell(console, String.format(Locale.ROOT, Texts.of("Spark, %d workers", "Spark, 작업자 %d개"), workers), spread);
        boolean same = text(alone, "parameters_sha256").equals(text(spread, "parameters_sha256"));
        console.result(
                same
                        ? Texts.of("The same bits.", "비트까지 같습니다.")
                        : Texts.of("NOT the same bits: please report it.", "비트가 다릅니다. Badak의 결함이니 알려 주십시오."));
        return new Outcome(
                new ObjectBuilder()
                        .put("same", same)
                        .put("parameters_sha256", text(alone, "parameters_sha256"))
                        .put("spark_parameters_sha256", text(spread, "parameters_sha256"))
                        .put("process_seconds", number(alone, "seconds"))
                        .put("spark_seconds", number(spread, "seconds"))
                        .put("test_accuracy", number(spread, "test_accuracy"))
                        .put("shards", shards)
                        .put("workers", workers)
                        .json(),
                same ? OK : FAILED);
    }

    /// Trains in a folder that is removed.
    private Json.Members train(ObjectBuilder options, Console console) {
        options.put("data", data).put("iterations", iterations).put("shards", shards);
        TrainCommand training = TrialOptions.command("spark-demo", options.json());
        training.check();
        Path folder = VerifyCommand.temporary();
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        try (RunDirectory directory = RunDirectory.planned(folder)) {
            console.note(Texts.of("Training: ", "학습: ") + options.json());
            return training.train(directory, new Console(nowhere, nowhere, Terminal.NONE))
                    .json();
        } finally {
            VerifyCommand.remove(folder);
        }
    }

    private static void tell(Console console, String place, Json.Members result) {
        console.result(String.format(
                Locale.ROOT,
                Texts.of("%-20s parameters %s, test accuracy %.2f %%, %.1f s", "%-20s 매개변수 %s, 시험 정확도 %.2f %%, %.1f초"),
                place,
                text(result, "parameters_sha256"),
                100 * number(result, "test_accuracy"),
                number(result, "seconds")));
    }

    private static String text(Json.Members json, String name) {
        return json.values().get(name) instanceof Json.Text(String value) ? value : "";
    }

    private static double number(Json.Members json, String name) {
        return json.values().get(name) instanceof Json.Numeral(String digits) ? Double.parseDouble(digits) : Double.NaN;
    }
}
