package org.badak.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.badak.catalog.Suggestion;
import org.badak.data.DataLocations;
import org.badak.data.FileCheck;
import org.badak.data.Json;
import org.badak.data.MnistSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `badak data fetch`: downloads a data set, or checks the one that is there.
@Command(
        name = "fetch",
        header = "Downloads a data set, or checks the one that is there.",
        description = "Downloads a data set into the cache, unless it is on this machine, and checks its files.")
final class DataFetchCommand extends BadakCommand {
    private static final List<String> NAMES = List.of("mnist", "fashion-mnist");

    @Parameters(paramLabel = "NAME", defaultValue = "mnist", description = "mnist or fashion-mnist. Default: mnist.")
    private String name = "mnist";

    /// Made by picocli.
    DataFetchCommand() {}

    @Override
    Outcome run(Console console) {
        MnistSource source = switch (name) {
            case "mnist" -> MnistSource.mnist();
            case "fashion-mnist" -> MnistSource.fashionMnist();
            case "digits" ->
                throw UsageException.of(
                        "NAME",
                        "digits",
                        "mnist or fashion-mnist",
                        "the generated digits are built in and need no download");
            default -> throw new UsageException(Suggestion.unknown("data set", name, NAMES));
        };
        DataLocations locations = DataLocations.ofEnvironment();
        Path folder = source.find(locations).orElseGet(() -> source.fetch(locations, new DownloadBar(console, true)));
        boolean authentic = true;
        List<Json> files = new ArrayList<>();
        for (FileCheck check : source.verify(folder)) {
            String verdict = check.verdict().name().toLowerCase(Locale.ROOT);
            authentic &= check.verdict() != FileCheck.Verdict.DIFFERENT;
            console.result(String.format("%-11s %s", verdict, check.file()));
            if (check.verdict() == FileCheck.Verdict.DIFFERENT) {
                console.result("  found:    " + check.found());
                console.result("  expected: " + check.expected());
                console.result("  remedy:   delete the file and fetch again");
            }
            files.add(new ObjectBuilder()
                    .put("file", check.file().toString())
                    .put("verdict", verdict)
                    .json());
        }
        return new Outcome(
                new ObjectBuilder()
                        .put("name", name)
                        .put("folder", folder.toString())
                        .put("authentic", authentic)
                        .put("files", new Json.Items(files))
                        .json(),
                authentic ? OK : FAILED);
    }
}
