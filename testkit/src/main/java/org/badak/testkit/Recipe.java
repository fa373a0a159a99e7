package org.badak.testkit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.badak.augment.Augmentation;
import org.badak.catalog.Augmentations;
import org.badak.catalog.Catalog;
import org.badak.catalog.LayerKind;
import org.badak.catalog.Named;
import org.badak.catalog.Optimizers;
import org.badak.data.Digests;
import org.badak.data.ImageDataset;
import org.badak.data.Sampler;
import org.badak.data.WeightedExamples;
import org.badak.gradient.Gradient;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.layer.Initialisation;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Clipping;
import org.badak.optimizer.Optimizer;
import org.badak.optimizer.Schedule;
import org.badak.train.Trainer;

/// A short training in the words of the catalog. The catalog's lines make the list, so that one that is added there is
/// in it, too.
///
/// @param name what it is for: `layer/conv`
/// @param layers as on the command line
/// @param words everything that is not as usual, by name: loss, optimizer, schedule, sampling, gradient, augment,
///     clip-norm, clip-value, class-weight
record Recipe(String name, String layers, Map<String, String> words) {
    private static final long SEED = 5;
    private static final int SIDE = 12;
    private static final int CLASSES = 10;
    private static final int EXAMPLES = 128;
    private static final int BATCH = 48; // 128 = 48 + 48 + 32: two sizes
    private static final int STEPS = 5; // into the second epoch
    private static final double SHARE_OF_ZEROS = 0.6;
    private static final String NARROW = "dense 20 he, tanh, dense 10 xavier";
    private static final ImageDataset IMAGES = images();

    /// Networks that contain a layer.
    private static final Map<String, String> NETWORKS = Map.of(
            "dense", "dense 100, sigmoid, dense 10",
            "conv", "conv 5 3 padding:1 he, relu, conv 3 4 stride:2 he, flatten, dense 10 xavier",
            "maxpool", "conv 4 3 he, maxpool 2, maxpool 3 stride:2 padding:1, flatten, dense 10 xavier",
            "avgpool", "conv 4 3 he, avgpool 2, avgpool 3 stride:2 padding:1, flatten, dense 10 xavier",
            "flatten", "conv 3 5 he, flatten, dense 10 xavier",
            "dropout", "dense 100 he, relu, dropout 0.3, dense 10 xavier",
            "batchnorm", "conv 4 3 he, batchnorm, relu, flatten, dense 30 he, batchnorm 0.3 0.001, dense 10 xavier",
            "layernorm", "dense 100 he, layernorm, relu, dense 10 xavier",
            "residual-start", "dense 70 he, residual-start, dense 70 he, tanh, residual-end, dense 10 xavier",
            "residual-end", "dense 70 he, residual-start, residual-end, dense 10 xavier");

    private static final Map<String, String> CHANGES =
            Map.of("shift", "shift 2", "rotate", "rotate 15", "scale", "scale 0.2", "elastic", "elastic 8 3");

    /// All recipes, every line of the catalog in at least one.
    static List<Recipe> all() {
        List<Recipe> all = new ArrayList<>();
        for (LayerKind kind : Catalog.LAYERS) {
            all.add(new Recipe("layer/" + kind.name(), known(NETWORKS, kind.name()), Map.of()));
        }
        for (Named<?> line : Catalog.ACTIVATIONS) { // of 100 units, which are enough to be divided among threads
            String layers = "dense 100 he, " + line.form() + ", dense 10 xavier";
            all.add(new Recipe("activation/" + line.name(), layers, Map.of()));
        }
        for (Named<?> line : Catalog.INITIALISATIONS) {
            all.add(new Recipe(
                    "initialisation/" + line.name(), "dense 9 " + line.form() + ", relu, dense 10 xavier", Map.of()));
        }
        for (Named<?> line : Catalog.LOSSES) {
            boolean weighted = line.name().equals("weighted-cross-entropy");
            String form = weighted ? line.name() + ":1,0.5,3,0.25,2,1.5,0.1,4,1,0.75" : line.form();
            all.add(new Recipe("loss/" + line.name(), NARROW, Map.of("loss", form)));
            all.add(new Recipe(
                    "loss/" + line.name() + "/weights", NARROW, Map.of("loss", form, "class-weight", "balanced")));
        }
        for (String name : Named.names(Optimizers.OPTIMIZERS)) {
            all.add(new Recipe("optimizer/" + name, NARROW, Map.of("optimizer", name)));
            all.add(new Recipe(
                    "optimizer/" + name + "/decay",
                    NARROW,
                    Map.of("optimizer", name + ":weight-decay=0.01,weight-decay-biases=true")));
        }
        all.add(new Recipe("optimizer/adam/amsgrad", NARROW, Map.of("optimizer", "adam:amsgrad=true")));
        for (String name : Named.names(Optimizers.SCHEDULES)) {
            all.add(new Recipe("schedule/" + name, NARROW, Map.of("schedule", name)));
        }
        all.add(new Recipe("schedule/warm-up", NARROW, Map.of("schedule", "cosine:warm-up=3")));
        for (String name : Named.names(Catalog.SAMPLERS)) {
            all.add(new Recipe("sampling/" + name, NARROW, Map.of("sampling", name)));
        }
        all.add(new Recipe("clipping/norm", NARROW, Map.of("clip-norm", "0.1")));
        all.add(new Recipe("clipping/value", NARROW, Map.of("clip-value", "0.001")));
        for (Named<?> line : Augmentations.ALL) {
            all.add(new Recipe("augment/" + line.name(), NARROW, Map.of("augment", known(CHANGES, line.name()))));
        }
        all.add(new Recipe(
                "augment/all",
                NARROW,
                Map.of(
                        "augment",
                        String.join(", ", CHANGES.values().stream().sorted().toList()))));
        for (Named<?> line : Catalog.GRADIENTS) {
            all.add(new Recipe(
                    "gradient/" + line.name(), "dense 1, sigmoid, dense 10", Map.of("gradient", line.name())));
        }
        return List.copyOf(all);
    }

    private static String known(Map<String, String> examples, String name) {
        String found = examples.get(name);
        if (found == null) {
            throw new IllegalStateException("recipes: expected an example of " + name + ", which is in the catalog,"
                    + " found none; add one to Recipe");
        }
        return found;
    }

    /// Whether it can be trained in a precision.
    boolean fits(Precision precision) {
        String gradient = words.getOrDefault("gradient", "backprop");
        return gradient.equals("backprop") || Catalog.gradient(gradient).precision() == precision;
    }

    /// Trains, and gives the SHA-256 of the losses of all steps and the parameters' own.
    String fingerprint(Kernels kernels) {
        Network network = new Network(
                IMAGES.shape(),
                Catalog.layers(layers, new Initialisation.Normal(0.01)),
                Catalog.loss(words.getOrDefault("loss", "softmax-cross-entropy")));
        Parameters parameters = network.initialise(kernels.precision(), SEED);
        Gradient gradient = Catalog.gradient(words.getOrDefault("gradient", "backprop"))
                .maker()
                .make(network, parameters, kernels, SEED);
        Optimizer optimizer = Optimizers.optimizer(words.getOrDefault("optimizer", "sgd"));
        Sampler sampler =
                Catalog.sampler(words.getOrDefault("sampling", "shuffle")).make(EXAMPLES, BATCH, SEED);
        boolean balanced = words.getOrDefault("class-weight", "none").equals("balanced");
        Schedule schedule = Optimizers.schedule(words.getOrDefault("schedule", "constant"), STEPS);
        Trainer trainer = new Trainer(
                        network,
                        parameters,
                        gradient,
                        optimizer,
                        sampler,
                        kernels,
                        balanced ? WeightedExamples.balanced(IMAGES) : IMAGES,
                        BATCH)
                .schedule(schedule)
                .clip(new Clipping(bound("clip-norm"), bound("clip-value")));
        if (words.containsKey("augment")) {
            List<Augmentation> changes = Augmentations.augmentations(words.getOrDefault("augment", ""));
            trainer.augment(changes, SEED);
        }
        ByteBuffer numbers = ByteBuffer.allocate(STEPS * Double.BYTES);
        for (int i = 0; i < STEPS; i++) {
            numbers.putDouble(trainer.step());
        }
        MessageDigest digest = Digests.sha256();
        digest.update(numbers.flip());
        digest.update(HexFormat.of().parseHex(parameters.sha256()));
        return Digests.hexadecimal(digest);
    }

    private double bound(String word) {
        return Double.parseDouble(words.getOrDefault(word, "Infinity"));
    }

    /// Random pixels, most of them 0 as in images of digits, brighter ones in the rows of the class; some classes are
    /// rarer than others.
    private static ImageDataset images() {
        Philox random = new Philox(SEED, Purpose.DATA, 9);
        byte[] pixels = new byte[EXAMPLES * SIDE * SIDE];
        int[] labels = new int[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            labels[i] = Math.min(i % CLASSES, i % 7);
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                double value = random.uniform((long) i * SIDE * SIDE + pixel);
                boolean bright = pixel / SIDE == labels[i];
                pixels[i * SIDE * SIDE + pixel] = (byte) (bright || value > SHARE_OF_ZEROS ? 255 * value : 0);
            }
        }
        return new ImageDataset("fingerprint images", SIDE, SIDE, CLASSES, pixels, labels);
    }
}
