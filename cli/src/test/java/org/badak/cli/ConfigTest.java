package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.badak.data.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `--config`: files of options, and the configuration of a run used again.
class ConfigTest {
    private static final String SMALL = "train --data digits --train-count 200 --test-count 50 --batch 20 ";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --hidden 8 --iterations 12
            --seed 7 --epochs 2 --sampling shuffle --activation relu --init he --lr 5e-1
            --epochs 30 --early-stopping 2 --validation 0.2 --min-delta 0.01 --lr 0.5
            --iterations 12 --layers "dense 8 he, batchnorm, relu, dropout 0.2, dense 10" --clip-norm 2
            --iterations 20 --optimizer adam:beta2=0.99 --schedule step:every=5,factor=0.5 --warm-up 4
            --iterations 12 --weight-decay 0.01 --weight-decay-biases --loss smoothed-cross-entropy:0.1
            """)
    void writtenConfigurationGivesTheSameParameters(String options) throws IOException {
        Run first = run(SMALL + options + " --json --out " + folder.resolve("first"));
        Run again = run("train --json --config " + folder.resolve("first") + " --out " + folder.resolve("again"));
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.text("parameters_sha256")).isEqualTo(first.text("parameters_sha256"));
        assertThat(again.number("iterations")).isEqualTo(first.number("iterations"));
        assertThat(Files.readString(folder.resolve("again/config.json")))
                .as("the same configuration, to the character")
                .isEqualTo(Files.readString(folder.resolve("first/config.json")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --epochs 5
            --epochs 9 --hidden 6,4 --validation 0.2 --early-stopping 1 --ignore 1 --seed 3
            --epochs 3 --optimizer sgd --lr 0.05 --folds 3 --target colour --numeric size
            """)
    void writtenConfigurationOfATableGivesTheSameParameters(String options) throws IOException {
        Run first = run("train " + table() + " " + options + " --json --out " + folder.resolve("first"));
        Run again = run(
                "train --json --config " + folder.resolve("first/config.json") + " --out " + folder.resolve("again"));
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.text("parameters_sha256")).isEqualTo(first.text("parameters_sha256"));
    }

    @Test
    void jsonAndTomlAndTypedOptionsAreEqualInPower() throws IOException {
        String json = write("a.json", """
                {"data": "digits", "train-count": 200, "test-count": 50, "batch": 20, "hidden": [9, 7],
                 "learning-rate": 0.25, "iterations": 10, "weight-decay": 0.001, "weight-decay-biases": true}
                """);
        String toml = write("a.toml", """
                # the same
                data = "digits"
                train-count = 200
                test-count = 50   # images
                batch = 2_0
                hidden = [
                  9, # first
                  7,
                ]
                lr = 2.5e-1
                iterations = 10

                [options]
                """);
        String hash = run(SMALL + "--hidden 9,7 --lr 0.25 --iterations 10 --weight-decay 0.001 --weight-decay-biases"
                        + " --json --out " + folder.resolve("typed"))
                .text("parameters_sha256");
        Run read = run("train --json --config " + json + " --out " + folder.resolve("json"));
        assertThat(read.text("parameters_sha256")).isEqualTo(hash);
        assertThat(read.err()).contains("Configuration: " + json + ": data, train-count, test-count");
        Files.writeString(
                Path.of(toml),
                Files.readString(Path.of(toml))
                        .replace("[options]", "weight-decay = 1e-3\nweight-decay-biases = true"));
        assertThat(run("train --json --config=" + toml + " --out " + folder.resolve("toml"))
                        .text("parameters_sha256"))
                .isEqualTo(hash);
    }

    @Test
    void typedOptionsCountFirst() throws IOException {
        String file = write("c.json", """
                {"data": "digits", "train-count": 200, "test-count": 50, "iterations": 10, "lr": 0.5, "batch": 20,
                 "layers": "dense 10"}
                """);
        Run typed = run("train --lr 0.1 --epochs 1 --config " + file + " --hidden 5 --seed 2 --json --out "
                + folder.resolve("typed"));
        Run plain = run(SMALL + "--lr 0.1 --epochs 1 --hidden 5 --seed 2 --json --out " + folder.resolve("plain"));
        assertThat(typed.text("parameters_sha256")).isEqualTo(plain.text("parameters_sha256"));
        assertThat(typed.err()).contains("typed instead: iterations, lr, layers");
    }

    @Test
    void otherCommandsTakeWhatTheyKnowOfATraining() throws IOException {
        String file = write("c.json", """
                {"data": "digits", "train-count": 200, "batch": 20, "hidden": "6", "epochs": 3, "optimizer": "adam"}
                """);
        Run run = run("find-rate --steps 20 --no-figures --json --config " + file);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("200 training", "not options of find-rate: epochs");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"lr": 0.1, "epoch": 3}      | line 1: unknown option 'epoch' | did you mean epochs?
            {"--lr": 0.1}                | unknown option 'lr'            | c.json
            {"train_count": 3}           | unknown option 'train_count'   | did you mean train-count?
            {"lr": "0.1"}                | lr: found the text "0.1", expected a number, without quotation marks | line 1
            {"lr": null}                 | lr: found null                 | expected a number
            {"lr": [0.1]}                | lr: found the list [0.1]       | expected one number
            {"hidden": {"a": 1}}         | hidden: found the object       | expected one text
            {"hidden": true}             | hidden: found true             | expected a text
            {"hidden": [[5]]}            | hidden: found the list [5]     | expected one text
            {"weight-decay-biases": 1}   | weight-decay-biases: found 1   | expected true or false
            {"lr": 1, "learning-rate":1} | found the same option again    | learning-rate
            {"lr": 1, "lr": 1}           | expected each member once      | column 11, read as JSON
            {"config": "x"}              | expected it on the command line only | config
            {"resume": "x"}              | expected it on the command line only | resume
            {"lr": -1}                   | learning rate                  | c.json, line 1: lr = -1
            {"batch": 2.5}               | --batch                        | stands in
            {"hidden": "5,x"}            | --hidden: found 'x'            | line 1: hidden = "5,x"
            {"activation": "sigmod"}     | did you mean sigmoid?          | activation = "sigmod"
            {"iterations":1,"epochs":2}  | expected one of them           | --epochs stands in
            {"lr": 0.1                   | read as JSON: found the end of the text | column
            {"lr": 0.1} x                | found 'x', expected the end    | line 1, column 13
            [1]                          | read as JSON                   | expected an object of options
            """)
    void mistakesAreToldWithFileAndKey(String content, String message, String place) throws IOException {
        String file = write("c.json", content);
        Run run = run("train --data digits --config " + file + " --out " + folder.resolve("run"));
        assertThat(run.exit()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains("badak: ", message, place, "--help").doesNotContain("\tat ");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            lr = 0.1;a.b = 1        | line 2, column 2, read as TOML | dotted keys
            lr = 0.1;lr = 0.2       | line 2, column 1 | each key once
            lr = 1979-05-27         | line 1, column 6 | a decimal number
            lr = 0x10               | column 6         | a decimal number
            lr = inf                | column 6         | a decimal number
            lr = 007                | column 6         | a decimal number
            lr = "0.1               | column 10        | a closing "
            data = `"a\\qb"`        | column           | read as TOML
            lr = 0.1 0.2            | column 10        | the end of the line
            [[lr]]                  | column 2         | arrays of tables
            hidden = [1, 2          | end of the text  | expected ]
            lr                      | end of the line  | expected =
            <html>                  | column 1         | expected a key
            """)
    void mistakesInTomlAreToldWithTheirPlace(String content, String place, String message) throws IOException {
        String file = write("c.toml", content.replace(';', '\n') + "\n");
        Run run = run("train --data digits --config " + file);
        assertThat(run.exit()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains("--config: " + file, place, message);
    }

    @Test
    void filesThatAreNoConfigurationAreTold() throws IOException {
        Path binary = Files.write(folder.resolve("b"), new byte[] {(byte) 0xff, 0, 1});
        assertThat(run("train --config " + folder.resolve("none")).err()).contains("none, which does not exist");
        assertThat(run("train --config " + folder).err()).contains("config.json, which does not exist");
        assertThat(run("train --config " + binary).err()).contains("no text in UTF-8");
        Path large = Files.write(folder.resolve("large"), new byte[2 << 20]);
        assertThat(run("train --config " + large).err()).contains("2,097,152 bytes");
        Run json = run("train --json --config " + binary);
        assertThat(json.exit()).isEqualTo(2);
        assertThat(json.text("error")).contains("--config");
    }

    @Test
    void tomlIsReadAsItsStandardSays() {
        Json.Members read = new TomlReader("""
                a = "tab\\t, \\u00e9, \\U0001F600 \\\\ \\"quoted\\""\r
                'b c' = 'C:\\new'
                d = [ -1, +2.5, [true, false,], "x" ]
                "e" = { f = 1_000, g-h = 'i' }
                [ j ]  # a table
                k = -0.0
                [l]
                """).whole();
        assertThat(read).hasToString(Json.parse("""
                        {"a": "tab\\t, \\u00e9, \\ud83d\\ude00 \\\\ \\"quoted\\"", "b c": "C:\\\\new",
                         "d": [-1, 2.5, [true, false], "x"], "e": {"f": 1000, "g-h": "i"},
                         "j": {"k": -0.0}, "l": {}}
                        """).toString());
    }

    private String write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content, StandardCharsets.UTF_8)
                .toString();
    }

    private String table() throws IOException {
        StringBuilder text = new StringBuilder("id,size,colour\n");
        for (int i = 0; i < 40; i++) {
            text.append("n").append(i % 7).append(',').append(3 * i % 11).append(i % 2 == 0 ? ",red\n" : ",blue\n");
        }
        return write("t.csv", text.toString());
    }

    /// Runs a line; what stands in quotation marks is one argument.
    private static Run run(String line) {
        List<String> arguments = new ArrayList<>();
        String[] parts = line.split("\"");
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 1) {
                arguments.add(parts[i]);
            } else if (!parts[i].isBlank()) {
                arguments.addAll(List.of(parts[i].trim().split(" +")));
            }
        }
        return Run.of(arguments.toArray(String[]::new));
    }
}
