package org.badak.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.badak.tabular.CsvFile;
import org.badak.tabular.CsvOptions;
import org.badak.tabular.Table;
import org.badak.tabular.TableTask;

/// CSV files that are no tables, or not the one that was meant.
final class BadTableInputs {
    private static final String FILE = "houses.csv";
    private static final String TRAIN = "train @/" + FILE;
    private static final String HEAD = "rooms,area,kind\n";
    private static final String WEIGHED = "rooms,area,kind,weight\n";

    private BadTableInputs() {}

    static List<BadInput> all() throws IOException {
        return List.of(
                table("csv-empty", ""),
                table("csv-blank-lines-alone", "\n\n\n"),
                table("csv-header-alone", HEAD),
                table("csv-one-column", "area\n1\n2\n3\n"),
                table("csv-ragged-row-short", HEAD + "1,20,a\n2,30\n3,40,b\n"),
                table("csv-ragged-row-long", HEAD + "1,20,a\n2,30,b,c\n3,40,b\n"),
                table("csv-decimal-comma-in-commas", HEAD + "1,20,a\n2,30,b\n3,40,5,b\n"),
                with(
                        "csv-decimal-comma-refused",
                        "rooms;area;kind\n1;20,5;a\n2;30,5;b\n",
                        "--decimal point --numeric area",
                        options(CsvOptions.Header.DETECTED, CsvOptions.Decimal.POINT, "", CsvOptions.DETECT)),
                with(
                        "csv-separator-wrong",
                        rows(),
                        "--separator ;",
                        options(CsvOptions.Header.DETECTED, CsvOptions.Decimal.DETECTED, "", ';')),
                with(
                        "csv-data-taken-as-header",
                        "1,20,3\n2,30,4\n3,40,5\n",
                        "--header yes",
                        options(CsvOptions.Header.PRESENT, CsvOptions.Decimal.DETECTED, "", CsvOptions.DETECT)),
                with("csv-header-taken-as-data", rows(), "--header no --numeric 2 --ignore 1"),
                table("csv-names-twice", "rooms,area,area\n1,20,30\n2,30,40\n"),
                with(
                        "csv-numbers-twice-in-header",
                        "1,20,20\n2,30,30\n",
                        "--header yes",
                        options(CsvOptions.Header.PRESENT, CsvOptions.Decimal.DETECTED, "", CsvOptions.DETECT)),
                table("csv-quote-not-closed", HEAD + "1,20,a\n2,\"30,b\n3,40,b\n"),
                table("csv-text-not-utf8", (HEAD + "1,20,caf\u00e9\n2,30,b\n").getBytes(StandardCharsets.ISO_8859_1)),
                table("csv-utf16-without-mark", rows().getBytes(StandardCharsets.UTF_16LE)),
                with(
                        "csv-encoding-unknown",
                        rows(),
                        "--encoding UFT-8",
                        options(CsvOptions.Header.DETECTED, CsvOptions.Decimal.DETECTED, "UFT-8", CsvOptions.DETECT)),
                table("csv-gzip", BadInput.gzip(rows().getBytes(StandardCharsets.UTF_8))),
                table("csv-excel", "PK\u0003\u0004 and so on"),
                table("csv-web-page", "<!DOCTYPE html>\n<title>Sign in</title>\n"),
                table("csv-json", "{\"rooms\": [1, 2]}\n"),
                table("csv-too-many-columns", String.join(",", Collections.nCopies(20_000, "1")) + "\n"),
                BadInput.of(
                        "csv-line-of-a-gigabyte",
                        TRAIN,
                        folder -> {
                            BadInput.write(folder.resolve(FILE), HEAD + "1,20,a\n2,30," + "b".repeat(1000));
                            BadInput.extend(folder.resolve(FILE), 1L << 30);
                        },
                        folder -> CsvFile.read(folder.resolve(FILE))),
                BadInput.of(
                        "csv-quote-open-for-a-gigabyte",
                        TRAIN,
                        folder -> {
                            BadInput.write(folder.resolve(FILE), HEAD + "1,20,a\n2,30,\"" + "b".repeat(1000));
                            BadInput.extend(folder.resolve(FILE), 1L << 30);
                        },
                        folder -> CsvFile.read(folder.resolve(FILE))),
                with("csv-number-too-large", HEAD + "1,1e400,a\n2,30,b\n", "--numeric area", area()),
                with("csv-infinity", HEAD + "1,20,a\n2,-inf,b\n", "--numeric area", area()),
                with("csv-word-among-numbers", HEAD + "1,20,a\n2,large,b\n", "--numeric area", area()),
                with("csv-thousands-grouped", "a;b\n1;20\n2;1,234,567\n", "--numeric b", folder -> {
                    CsvFile.read(folder.resolve(FILE)).number(1, 1);
                }),
                with(
                        "csv-weight-empty",
                        WEIGHED + many("%d,%d,%s,1\n", 30) + "31,12,a,\n",
                        "--weight weight --target kind"),
                with(
                        "csv-weight-negative",
                        WEIGHED + many("%d,%d,%s,1\n", 30) + "31,12,a,-1\n",
                        "--weight weight --target kind"),
                with(
                        "csv-target-absent",
                        rows(),
                        "--target sort",
                        folder -> TableTask.of(CsvFile.read(folder.resolve(FILE)), target("sort"))),
                with(
                        "csv-target-number-too-large",
                        rows(),
                        "--target 7",
                        folder -> TableTask.of(CsvFile.read(folder.resolve(FILE)), target("7"))),
                with(
                        "csv-one-class-alone",
                        "rooms,area,class\n1,20,a\n2,30,a\n3,40,a\n",
                        "",
                        folder -> TableTask.of(CsvFile.read(folder.resolve(FILE)), TableTask.Choices.OPEN)),
                with("csv-all-features-constant", "rooms,area,class\n" + "1,20,a\n1,20,b\n".repeat(20), ""),
                with("csv-no-row-to-test-with", rows(), "--test-fraction 0.01", folder -> {
                    TableTask.of(CsvFile.read(folder.resolve(FILE)), TableTask.Choices.OPEN)
                            .divide(0.01, 1);
                }),
                with("csv-more-folds-than-rows", rows(), "--folds 50"),
                BadInput.of("csv-file-absent", "train @/hauses.csv", BadInput::nothing, folder -> {
                    CsvFile.read(folder.resolve("hauses.csv"));
                }),
                other("csv-predicted-without-a-column", "predict @models/table", "rooms,kind\n1,a\n"),
                other("csv-predicted-with-a-word", "predict @models/table", "rooms,area,kind\n1,large,a\n"),
                other("csv-evaluated-without-answers", "evaluate @models/table --data", "rooms,area\n1,20\n"),
                other("csv-class-absent-from-training", "evaluate @models/table --data", HEAD + "1,20,a\n2,30,zzz\n"));
    }

    /// A table that can be learned.
    static String rows() {
        return HEAD + many("%d,%d,%s\n", 20);
    }

    private static String many(String form, int count) {
        List<String> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            rows.add(String.format(form, i, 10 + i * 7 % 13, i % 2 == 0 ? "a" : "b"));
        }
        return String.join("", rows);
    }

    private static BadInput table(String name, String content) {
        return table(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static BadInput table(String name, byte[] content) {
        return BadInput.of(
                name,
                TRAIN,
                folder -> BadInput.write(folder.resolve(FILE), content),
                folder -> CsvFile.read(folder.resolve(FILE)));
    }

    private static BadInput with(String name, String content, String options) {
        return BadInput.of(
                name, (TRAIN + " " + options).strip(), folder -> BadInput.write(folder.resolve(FILE), content));
    }

    private static BadInput with(String name, String content, String options, BadInput.Step reading) {
        return BadInput.of(
                name,
                (TRAIN + " " + options).strip(),
                folder -> BadInput.write(folder.resolve(FILE), content),
                reading);
    }

    private static BadInput other(String name, String command, String content) {
        return BadInput.of(name, command + " @/" + FILE, folder -> BadInput.write(folder.resolve(FILE), content));
    }

    private static BadInput.Step options(
            CsvOptions.Header header, CsvOptions.Decimal decimal, String encoding, char separator) {
        CsvOptions options =
                new CsvOptions(separator, CsvOptions.DETECT, header, decimal, encoding, CsvOptions.MISSING);
        return folder -> numbers(CsvFile.read(folder.resolve(FILE), options, List.of()));
    }

    private static BadInput.Step area() {
        return folder -> numbers(CsvFile.read(folder.resolve(FILE)));
    }

    /// Reads the second column as numbers.
    private static void numbers(Table table) {
        for (int row = 0; row < table.count(); row++) {
            table.number(row, 1);
        }
    }

    private static TableTask.Choices target(String name) {
        return new TableTask.Choices(name, null, List.of(), List.of(), List.of());
    }
}
