package org.badak.catalog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.badak.catalog.HostileFiles.HostileFile;

/// Files that would have much more memory taken than they are long: each is as much as a header may hold, and wrong in
/// the end.
final class GreedyFiles {
    private static final String NOTHING = "{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}";

    private final List<HostileFile> files = new ArrayList<>();
    private final byte[] model;

    private GreedyFiles(byte[] model) {
        this.model = model;
    }

    static List<HostileFile> all(byte[] model) {
        GreedyFiles made = new GreedyFiles(model);
        made.headers();
        made.texts();
        made.architectures();
        return made.files;
    }

    private void forged(String name, Consumer<Forgery> change, String... told) {
        Forgery forgery = new Forgery(model);
        change.accept(forgery);
        files.add(new HostileFile("greedy: " + name, forgery.bytes(), List.of(told)));
    }

    private void header(String name, String header, String... told) {
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        files.add(new HostileFile("greedy: " + name, Forgery.file(bytes.length, bytes, new byte[0]), List.of(told)));
    }

    private void headers() {
        forged("2,496 tensors of nothing more", file -> nothings(file, 2496), "as well");
        forged("2,497 tensors of nothing more", file -> nothings(file, 2497), "more than 2500 tensors");
        forged("19,900 sizes of a tensor", file -> file.tensor("W1", shape(19_900)), "W1, shape", "rank 19900");
        forged("985 texts more", file -> texts(file, 985).with("loss", "cross"), "unknown loss");
        forged("990 texts more", file -> texts(file, 990), "more than 1000 texts");
        header("19,999 names with arrays", list("\"%d\":[]", 19_999, "{", "}"), "header, 0");
        header("19,999 texts", "{\"__metadata__\":" + list("\"%d\":\"\"", 19_999, "{", "}") + "}", "more than 1000");
        header("objects in objects", "{\"a\":" + "{\"b\":".repeat(30) + "[]" + "}".repeat(31), "header, a");
    }

    private static Forgery nothings(Forgery file, int count) {
        for (int i = 0; i < count; i++) {
            file.tensor("" + i, NOTHING);
        }
        return file;
    }

    private static Forgery texts(Forgery file, int count) {
        for (int i = 0; i < count; i++) {
            file.with("" + i, "x");
        }
        return file;
    }

    private static String shape(int rank) {
        String sizes = String.join(",", Collections.nCopies(rank, "10"));
        return "{\"dtype\":\"F32\",\"shape\":[" + sizes + "],\"data_offsets\":[0,0]}";
    }

    private static String list(String form, int count, String begin, String end) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(String.format(form, i));
        }
        return begin + String.join(",", all) + end;
    }

    private void texts() {
        String[] letters = {"a", "\\", "\u00e9", "\uac00"}; // plain, escaped, Latin, Hangul
        int[] counts = {2_000_000, 1_000_000, 20_000, 20_000};
        for (int i = 0; i < letters.length; i++) {
            String text = letters[i].repeat(counts[i]);
            forged(
                    "a text of " + counts[i] + " times " + letters[i],
                    file -> file.with("data", text).with("loss", "cross"),
                    "unknown loss");
        }
        String hidden = "a".repeat(1_000_000);
        forged("one Hangul syllable at the end", file -> file.with("data", hidden + "\uac00"), "not ASCII alone");
        forged("one escape at the end", file -> file.withJson("data", '"' + hidden + "\\uac00\""), "not ASCII alone");
        forged(
                "15,000 classes",
                file -> file.with("classes", list("\"%d\"", 15_000, "[", "]")),
                "15000 class names do not fit");
        forged(
                "19,000 classes that end in nothing",
                file -> file.with("classes", list("\"%d\"", 19_000, "[", ",]")),
                "classes");
        forged(
                "a table of 19,000 that ends in nothing",
                file -> file.with("normalisation", "table").with("table", list("\"%d\":{}", 19_000, "{", ",}")),
                "metadata, table");
        forged(
                "a table that is an array of 19,000",
                file -> file.with("normalisation", "table").with("table", list("%d", 19_000, "[", "]")),
                "metadata, table",
                "a JSON object");
    }

    private void architectures() {
        forged(
                "1,000 dense layers",
                file -> file.with("layers", String.join(",", Collections.nCopies(1000, "dense 9 xavier"))),
                "no W1 F32 [64, 9]");
        forged(
                "1,000 convolutions",
                file -> file.with("inputs", "1x8x8")
                        .with("layers", String.join(",", Collections.nCopies(1000, "conv 1 1 xavier"))),
                "no W1");
        forged("50,000 rows of one number", GreedyFiles::column, "W1", "row 49999, column 0", "NaN");
    }

    /// A matrix whose rows are padded in memory, and a number that is none at its end.
    private static void column(Forgery file) {
        for (String name : List.of("W1", "b1", "W2", "b2")) {
            file.withoutTensor(name);
        }
        file.with("inputs", "50000")
                .with("layers", "dense 1 xavier")
                .tensor("W1", "{\"dtype\":\"F32\",\"shape\":[50000,1],\"data_offsets\":[0,200000]}")
                .tensor("b1", "{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[200000,200004]}")
                .dataLength(200_004)
                .number(199_996, Float.NaN);
    }
}
