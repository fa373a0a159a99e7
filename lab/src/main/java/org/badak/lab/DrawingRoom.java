package org.badak.lab;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.badak.catalog.Inputs;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.data.Dataset;
import org.badak.data.Json;
import org.badak.data.LabelledData;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Relu;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Predictor;
import org.badak.optimizer.Sgd;
import org.badak.train.Trainer;
import org.jspecify.annotations.Nullable;

/// The room Draw a digit: what a network makes of a drawn picture, and which pixels mattered. The network is the one in
/// training, that of a run, or one that the room trains by itself in a second or two.
final class DrawingRoom implements Room {
    /// The network that the room trains by itself.
    static final String QUICK = "quick";
    /// The network in training.
    static final String TRAINING = "training";

    private static final int MOST_CHARACTERS = 300;
    private static final int MOST_MODELS = 40;
    private static final int UNITS = 100;
    private static final int STEPS = 2000;
    private static final int BATCH = 100;
    private static final double RATE = 0.1;
    private static final long SEED = 1;
    private static final int PIXELS = Drawing.SIDE * Drawing.SIDE;

    private final Material material;
    private final RunFolders runs;
    private final TrainingRoom training;
    private final Map<String, Eye> eyes = new ConcurrentHashMap<>();
    private @Nullable Eye quick;

    DrawingRoom(Material material, RunFolders runs, TrainingRoom training) {
        this.material = material;
        this.runs = runs;
        this.training = training;
    }

    /// A network that looks at drawings.
    private record Eye(Predictor predictor, List<String> classNames) {}

    @Override
    public String name() {
        return "draw";
    }

    /// `do`: models; or look (`model`, `pixels`, `centre`), which gives the picture as the network sees it, the
    /// probabilities, and the weight of every pixel for the first of them.
    @Override
    public Json.Members answer(Question question) {
        if (question.word("do", List.of("models", "look")).equals("models")) {
            return new Answer().put("models", Json.of(models())).json();
        }
        Eye eye = eye(question.text("model", MOST_CHARACTERS));
        double[] drawn = question.numbers("pixels", PIXELS, 0, 1);
        double[] seen = question.flag("centre") ? Drawing.centred(drawn) : drawn;
        float[] x = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            x[i] = (float) seen[i];
        }
        float[] predictions = new float[eye.predictor().outputs()];
        eye.predictor().predict(x, predictions);
        double[] probabilities = new double[predictions.length];
        int chosen = 0;
        for (int i = 0; i < predictions.length; i++) {
            probabilities[i] = predictions[i];
            chosen = predictions[i] > predictions[chosen] ? i : chosen;
        }
        return new Answer()
                .put("seen", seen)
                .put("chosen", chosen)
                .put("probabilities", probabilities)
                .put("classes", Json.of(eye.classNames()))
                .put("weights", Occlusion.weights(eye.predictor(), x, chosen))
                .json();
    }

    private List<String> models() {
        List<String> models = new ArrayList<>();
        if (inTraining().isPresent()) {
            models.add(TRAINING);
        }
        models.add(QUICK);
        runs.list().stream()
                .filter(run ->
                        Files.isRegularFile(run.model()) && material.names().contains(run.text("data")))
                .limit(MOST_MODELS)
                .map(RunFolder::name)
                .forEach(models::add);
        return models;
    }

    /// The run in progress, or the last one, if it takes drawings.
    private Optional<TrainingSession> inTraining() {
        return training.current()
                .filter(TrainingSession.class::isInstance)
                .map(TrainingSession.class::cast)
                .filter(session -> session.network().inputs() == PIXELS);
    }

    private Eye eye(String model) {
        return switch (model) {
            case QUICK -> quick();
            case TRAINING -> eyeInTraining();
            default -> eyes.computeIfAbsent(model, this::ofRun);
        };
    }

    private Eye ofRun(String name) {
        RunFolder run = runs.find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "model: expected " + QUICK + ", " + TRAINING + " or a run, found " + name));
        SavedModel model = ModelFile.read(run.model());
        if (!(model.inputs() instanceof Inputs.Images) || model.network().inputs() != PIXELS) {
            throw new IllegalArgumentException("model: expected images of " + Drawing.SIDE + " x " + Drawing.SIDE
                    + ", found " + model.inputs().text() + "; choose another run");
        }
        return new Eye(Predictor.of(model.network(), model.parameters()), model.classNames());
    }

    private Eye eyeInTraining() {
        Optional<TrainingSession> session = inTraining();
        if (session.isEmpty()) {
            throw new IllegalArgumentException("model: found no run in training, expected one; start one in Train");
        }
        try {
            TrainingSession shown = session.get();
            return new Eye(
                    shown.look(snapshot -> Predictor.of(shown.network(), snapshot.parameters())),
                    shown.data().classNames());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the lab is closing", ended);
        }
    }

    private synchronized Eye quick() {
        Eye known = quick;
        if (known == null) {
            known = train(material.preferred());
            quick = known;
        }
        return known;
    }

    private static Eye train(LabelledData data) {
        Dataset images = data.train();
        Initialisation start = new Initialisation.He();
        Network network = Network.of(
                images.features(),
                new SoftmaxCrossEntropy(),
                new Dense(UNITS, start),
                new Relu(),
                new Dense(images.classes(), start));
        Parameters parameters = network.initialise(Precision.FLOAT32, SEED);
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            Trainer trainer = new Trainer(
                    network,
                    parameters,
                    new Backprop(network, parameters, kernels),
                    new Sgd(RATE),
                    new Sampler.Replacement(images.count(), BATCH, SEED),
                    kernels,
                    images,
                    BATCH);
            for (int i = 0; i < STEPS; i++) {
                trainer.step();
            }
        }
        return new Eye(Predictor.of(network, parameters), data.classNames());
    }
}
