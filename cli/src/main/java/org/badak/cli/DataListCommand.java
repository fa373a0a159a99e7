package org.badak.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.badak.data.DataException;
import org.badak.data.DataLocations;
import org.badak.data.Json;
import org.badak.data.MnistSource;
import picocli.CommandLine.Command;

/// `badak data list`: which data sets there are, and which are on this machine.
@Command(name = "list", header = "Lists the data sets and where they are found.")
final class DataListCommand extends BadakCommand {
    /// Made by picocli.
    DataListCommand() {}

    @Override
    Outcome run(Console console) {
        DataLocations locations = DataLocations.ofEnvironment();
        List<Json> sets = new ArrayList<>();
        for (MnistSource source : List.of(MnistSource.mnist(), MnistSource.fashionMnist())) {
            String where;
            boolean found = false;
            try {
                Optional<Path> folder = source.find(locations);
                found = folder.isPresent();
                where = folder.map(Path::toString).orElse(Texts.of("not on this machine", "이 컴퓨터에 없음"));
            } catch (DataException incomplete) {
                where = incomplete.where() + ": " + incomplete.found();
            }
            add(sets, console, source.name(), found, where);
        }
        add(sets, console, "digits", true, Texts.of("built in, drawn by program", "내장, 프로그램이 그린 숫자"));
        console.note(Texts.of("Download: badak data fetch NAME. Searched: ", "내려받기: badak data fetch 이름. 찾은 곳: ")
                + locations.homes() + ", " + locations.cache());
        return Outcome.ok(new ObjectBuilder().put("data", new Json.Items(sets)).json());
    }

    private static void add(List<Json> sets, Console console, String name, boolean found, String where) {
        console.result(String.format("%-14s %s", name, where));
        sets.add(new ObjectBuilder()
                .put("name", name)
                .put("found", found)
                .put("where", where)
                .json());
    }
}
