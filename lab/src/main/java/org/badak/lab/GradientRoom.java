package org.badak.lab;

import java.util.ArrayList;
import java.util.List;
import org.badak.data.Batch;
import org.badak.data.BatchLoader;
import org.badak.data.Dataset;
import org.badak.data.Json;
import org.badak.gradient.Backprop;
import org.badak.gradient.NumericalDifferentiation;
import org.badak.gradient.NumericalGradient;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Sigmoid;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Pass;
import org.badak.model.Workspace;

/// Room 6, numerical gradient against back-propagation: both compute the gradient of the same network on the same
/// images, in float64. The naive way goes through the parameters one by one, in a random order, and is shown as it
/// goes.
final class GradientRoom implements Room {
    private static final String EVENT = "race";
    private static final int MOST_UNITS = 100;
    private static final int MOST_IMAGES = 100;
    private static final int EVENTS_PER_SECOND = 5;
    private static final int SHOWN = 400; // points of the figure
    private static final int REPETITIONS = 20;
    private static final int CHECKED_EVERY = 16;
    private static final long SEED = 1;

    private final Material material;
    private final Broadcast broadcast;
    private final Background background = new Background("badak-lab-race");

    GradientRoom(Material material, Broadcast broadcast) {
        this.material = material;
        this.broadcast = broadcast;
    }

    @Override
    public String name() {
        return "gradient";
    }

    /// `do`: start (`units`, `images`) or stop. How the race goes is sent as events `race`.
    @Override
    public Json.Members answer(Question question) {
        if (question.word("do", List.of("start", "stop")).equals("stop")) {
            background.stop();
            return new Answer().put("running", false).json();
        }
        int units = question.whole("units", 1, MOST_UNITS);
        int images = question.whole("images", 1, MOST_IMAGES);
        background.start(
                work -> new Race(material.preferred().train(), units, images).run(work),
                failed -> broadcast.send(
                        EVENT,
                        new Answer()
                                .put("error", String.valueOf(failed.getMessage()))
                                .json()));
        return new Answer().put("running", true).json();
    }

    /// A place among the parameters.
    private record Place(int slot, int row, int column) {}

    private final class Race {
        private final Network network;
        private final Batch batch;
        private final Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT64, 1);
        private final Parameters parameters;

        Race(Dataset data, int units, int images) {
            Initialisation start = new Initialisation.Xavier();
            network = Network.of(
                    data.features(),
                    new SoftmaxCrossEntropy(),
                    new Dense(units, start),
                    new Sigmoid(),
                    new Dense(data.classes(), start));
            parameters = network.initialise(Precision.FLOAT64, SEED);
            int[] indices = new int[images];
            for (int i = 0; i < images; i++) {
                indices[i] = i;
            }
            batch = new BatchLoader(data, kernels, images).load(indices, 0, images);
        }

        void run(Background.Work work) {
            Backprop backprop = new Backprop(network, parameters, kernels);
            backprop.compute(batch);
            double backpropSeconds = Double.POSITIVE_INFINITY;
            for (int i = 0; i < REPETITIONS; i++) { // the first ones run before the machine has compiled them
                long begun = System.nanoTime();
                backprop.compute(batch);
                backpropSeconds = Math.min(backpropSeconds, Clock.since(begun));
            }
            NumericalGradient structured = new NumericalGradient(network, parameters, kernels);
            long begun = System.nanoTime();
            structured.compute(batch);
            double structuredSeconds = Clock.since(begun);
            Answer known = new Answer()
                    .put("parameters", parameters.count())
                    .put("backpropSeconds", backpropSeconds)
                    .put("structuredSeconds", structuredSeconds)
                    .put("structuredDifference", difference(structured.result(), backprop.result()));
            naive(work, backprop.result(), known);
        }

        /// The definition: for each parameter two whole forward passes.
        private void naive(Background.Work work, Parameters exact, Answer known) {
            Pass pass = Workspace.forLosses(network, parameters, parameters.like(), kernels, 0)
                    .pass(batch.x());
            List<Place> places = places();
            List<Json> points = new ArrayList<>();
            Clock clock = new Clock(EVENTS_PER_SECOND);
            double largest = 0;
            double steepest = 0;
            long begun = System.nanoTime();
            for (int done = 0; done < places.size(); done++) {
                Place place = places.get(done);
                Matrix tensor = parameters.tensor(place.slot());
                double before = tensor.get(place.row(), place.column());
                double numerical = NumericalDifferentiation.Formula.CENTRAL.derivative(
                        value -> {
                            tensor.set(place.row(), place.column(), value);
                            pass.forward();
                            return pass.loss(batch);
                        },
                        before,
                        NumericalDifferentiation.STEP);
                tensor.set(place.row(), place.column(), before);
                double backward = exact.tensor(place.slot()).get(place.row(), place.column());
                largest = Math.max(largest, Math.abs(numerical - backward));
                steepest = Math.max(steepest, Math.abs(backward));
                if (points.size() < SHOWN) {
                    points.add(Answer.numbers(backward, numerical));
                }
                boolean last = done == places.size() - 1;
                if (last || done % CHECKED_EVERY == 0 && clock.isTime()) {
                    work.requireWanted();
                    broadcast.send(
                            EVENT,
                            known.put("done", done + 1L)
                                    .put("seconds", Clock.since(begun))
                                    .put("difference", largest)
                                    .put("steepest", steepest)
                                    .put("finished", last)
                                    .put("points", new Json.Items(points))
                                    .json());
                }
            }
        }

        /// All parameters in a random order, so that the first few hundred are a fair sample.
        private List<Place> places() {
            List<Place> ordered = new ArrayList<>();
            for (int slot = 0; slot < parameters.tensors().size(); slot++) {
                Matrix tensor = parameters.tensor(slot);
                for (int i = 0; i < tensor.rows() * tensor.columns(); i++) {
                    ordered.add(new Place(slot, i / tensor.columns(), i % tensor.columns()));
                }
            }
            int[] order = new int[ordered.size()];
            Philox.permute(SEED, Purpose.GRADIENT_CHECK, 0, order);
            List<Place> places = new ArrayList<>();
            for (int index : order) {
                places.add(ordered.get(index));
            }
            return places;
        }

        private static double difference(Parameters a, Parameters b) {
            double largest = 0;
            for (int slot = 0; slot < a.tensors().size(); slot++) {
                for (int row = 0; row < a.tensor(slot).rows(); row++) {
                    for (int column = 0; column < a.tensor(slot).columns(); column++) {
                        largest = Math.max(
                                largest,
                                Math.abs(a.tensor(slot).get(row, column)
                                        - b.tensor(slot).get(row, column)));
                    }
                }
            }
            return largest;
        }
    }
}
