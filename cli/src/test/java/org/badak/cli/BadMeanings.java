package org.badak.cli;

import java.util.List;

/// Options and settings that mean nothing, or nothing good.
final class BadMeanings {
    private static final String DIGITS = "train --data digits --train-count 200 --test-count 20 ";

    private BadMeanings() {}

    static List<BadInput> all() {
        return List.of(
                option("batch-zero", "--batch 0"),
                option("batch-negative", "--batch -100"),
                option("batch-larger-than-the-data-shuffled", "--batch 500 --sampling shuffle"),
                option("batch-beyond-all", "--batch 2000000000"),
                option("batch-no-number", "--batch many"),
                option("threads-negative", "--threads -1"),
                option("seed-no-number", "--seed now"),
                option("batch-fraction", "--batch 2,5"),
                option("batch-of-one-with-batch-norm", "--batch 1 --layers dense_8,batchnorm,relu,dense_10"),
                option(
                        "last-batch-of-one-with-batch-norm",
                        "--batch 199 --sampling shuffle --layers dense_8,batchnorm,relu,dense_10"),
                BadInput.of(
                        "last-batch-of-one-with-batch-norm-in-find-rate",
                        "find-rate --data digits --train-count 201 --test-count 20 --layers"
                                + " dense_8,batchnorm,relu,dense_10",
                        BadInput::nothing),
                option("learning-rate-negative", "--learning-rate -0.1"),
                option("learning-rate-nan", "--learning-rate NaN"),
                option("learning-rate-infinite", "--learning-rate Infinity"),
                option("learning-rate-decimal-comma", "--learning-rate 0,1"),
                option("epochs-zero", "--epochs 0"),
                option("epochs-and-iterations", "--epochs 1 --iterations 10"),
                option("iterations-zero", "--iterations 0"),
                option("hidden-zero", "--hidden 0"),
                option("activation-unknown", "--activation rellu"),
                option("loss-unknown", "--loss cross-entropy"),
                option("optimizer-unknown", "--optimizer adan"),
                option("layers-unknown", "--layers dens_10"),
                option("layers-of-too-few-outputs", "--layers dense_3"),
                BadInput.of(
                        "train-count-beyond-the-data",
                        "train --data digits --train-count 100000000",
                        BadInput::nothing),
                BadInput.of("test-count-zero", "train --data digits --test-count 0", BadInput::nothing),
                option("option-twice", "--batch 10 --batch 20"),
                option("option-unknown", "--learning-rat 0.1"),
                option("option-without-value", "--batch"),
                BadInput.of("command-unknown", "trian", BadInput::nothing),
                BadInput.of("command-missing", "", BadInput::nothing),
                BadInput.of("data-unknown", "train --data mnits", BadInput::nothing),
                BadInput.of("data-folder-absent", "train --data @/none", BadInput::nothing),
                BadInput.of("data-folder-empty", "train --data @", BadInput::nothing),
                BadInput.of("model-absent", "evaluate @/none.safetensors", BadInput::nothing),
                BadInput.of("model-that-is-none", "evaluate @/model.safetensors", folder -> {
                    BadInput.write(folder.resolve("model.safetensors"), "not a model, but long enough to be read");
                }),
                BadInput.of(
                        "model-for-other-data",
                        "evaluate @models/points --data digits --train-count 100 --test-count 10",
                        BadInput::nothing),
                BadInput.of("config-syntax", "train --config @/run.toml", folder -> {
                    BadInput.write(folder.resolve("run.toml"), "batch = 100\nlearning-rate = = 0.1\n");
                }),
                BadInput.of("config-option-unknown", "train --config @/run.toml", folder -> {
                    BadInput.write(folder.resolve("run.toml"), "bacth = 100\n");
                }),
                BadInput.of("config-value-wrong", "train --config @/run.toml", folder -> {
                    BadInput.write(folder.resolve("run.toml"), "batch = 0\n");
                }),
                BadInput.of("config-json-nested", "train --config @/run.json", folder -> {
                    BadInput.write(folder.resolve("run.json"), "[".repeat(10_000));
                }));
    }

    private static BadInput option(String name, String options) {
        return BadInput.of(name, DIGITS + options, BadInput::nothing);
    }
}
