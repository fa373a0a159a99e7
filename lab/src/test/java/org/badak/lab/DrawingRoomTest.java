package org.badak.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.badak.data.ImageDataset;
import org.badak.data.Json;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Predictor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a network makes of a drawing, and which pixels mattered.
class DrawingRoomTest {
    @TempDir
    private Path folder;

    private DrawingRoom room() {
        RunFolders runs = new RunFolders(folder);
        return new DrawingRoom(
                RoomsTest.DIGITS,
                runs,
                new TrainingRoom(RoomsTest.DIGITS, RoomsTest.TABLES, runs, new RoomsTest.Heard()));
    }

    private static String look(double[] pixels, String model) {
        return "{\"do\":\"look\",\"model\":\"" + model + "\",\"centre\":true,\"pixels\":"
                + Arrays.stream(pixels).mapToObj(Double::toString).collect(Collectors.joining(",", "[", "]")) + "}";
    }

    @Test
    void quickNetworkKnowsTestImages() {
        DrawingRoom room = room();
        ImageDataset test = (ImageDataset) RoomsTest.DIGITS.of("digits").test();
        int right = 0;
        for (int i = 0; i < 20; i++) {
            double[] pixels = new double[784];
            for (int j = 0; j < pixels.length; j++) {
                pixels[j] = (test.pixels()[784 * i + j] & 0xFF) / 255.0;
            }
            Map<String, Json> answer = RoomsTest.ask(room, look(pixels, DrawingRoom.QUICK));
            double[] p = RoomsTest.numbers(answer.get("probabilities"));
            right += RoomsTest.number(answer, "chosen") == test.label(i) ? 1 : 0;
            assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-5));
        }

        assertThat(right).isGreaterThan(12);
    }

    @Test
    void unknownModelIsRefused() {
        assertThatThrownBy(() -> RoomsTest.ask(room(), look(new double[784], "../../etc")))
                .hasMessageContaining("found ../../etc");
    }

    @Test
    void drawingIsFittedAndItsCentreOfMassPutInTheMiddle() {
        double[] drawn = new double[784];
        for (int row = 2; row < 12; row++) {
            drawn[row * 28 + 3] = 1; // a short stroke in a corner
        }
        double[] seen = Drawing.centred(drawn);
        double mass = Arrays.stream(seen).sum();
        double x = 0;
        double y = 0;
        int top = 28;
        int bottom = 0;
        for (int i = 0; i < seen.length; i++) {
            int column = i % 28;
            int row = i / 28;
            x += seen[i] * column / mass;
            y += seen[i] * row / mass;
            if (seen[i] > 0.5) {
                top = Math.min(top, row);
                bottom = Math.max(bottom, row);
            }
        }

        assertThat(x).isCloseTo(13.5, within(0.05));
        assertThat(y).isCloseTo(13.5, within(0.05));
        assertThat(bottom - top + 1).isBetween(19, 21);
    }

    @Test
    void occlusionFindsThePixelThatDecides() {
        Network network = Network.of(784, new SoftmaxCrossEntropy(), new Dense(2, new Initialisation.Constant(0)));
        Parameters parameters = network.initialise(Precision.FLOAT32, 0);
        int decisive = 10 * 28 + 10;
        parameters.tensor("W1").set(decisive, 1, 3);
        float[] x = new float[784];
        x[decisive] = 1;
        x[20 * 28 + 20] = 1; // ink that means nothing
        double[] weights = Occlusion.weights(Predictor.of(network, parameters), x, 1);

        assertThat(weights[decisive]).isCloseTo(3, within(1e-5)); // the scores' difference is the evidence
        assertThat(weights[decisive + 29]).isCloseTo(3, within(1e-5)); // its square covers the pixel
        assertThat(weights[20 * 28 + 20]).isCloseTo(0, within(1e-6));
        assertThat(weights[0]).isZero();
    }
}
