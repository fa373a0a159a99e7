//JAVA 25+
//DEPS org.badak:badak-bom:0.1.0-SNAPSHOT@pom org.badak:badak-core org.badak:badak-simd
//RUNTIME_OPTIONS --add-modules jdk.incubator.vector

// A trained network at work (추론): one Predictor, shared by several threads, from arrays of pixels to digits.
//
// Trained here on generated digits for a few seconds; a saved model gives one as well:
//     SavedModel model = ModelFile.read(path);
//     Predictor predictor = Predictor.of(model.network(), model.parameters());

import java.util.concurrent.atomic.AtomicInteger;
import org.badak.data.DataSplit;
import org.badak.data.GeneratedDigits;
import org.badak.data.ImageDataset;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Sigmoid;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Predictor;
import org.badak.optimizer.Sgd;
import org.badak.train.Trainer;

void main() throws InterruptedException {
    DataSplit data = GeneratedDigits.generate(1, 2000, 500);
    Predictor predictor = train(data.train());

    // one image: pixels from 0 to 1, row by row
    float[] probabilities = new float[10];
    predictor.predict(pixels(data.test(), 0), probabilities);
    IO.println("probabilities of image 0: " + Arrays.toString(probabilities));
    IO.println("its class: " + predictor.classOf(pixels(data.test(), 0)) + ", its label: " + data.test().label(0));

    // many threads, one predictor: no lock, no copy of the network
    AtomicInteger correct = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
        int first = t;
        threads.add(Thread.ofVirtual().start(() -> {
            for (int i = first; i < data.test().count(); i += 4) {
                if (predictor.classOf(pixels(data.test(), i)) == data.test().label(i)) {
                    correct.incrementAndGet();
                }
            }
        }));
    }
    for (Thread thread : threads) {
        thread.join();
    }
    IO.println("correct: " + correct + " of " + data.test().count());
}

Predictor train(ImageDataset images) {
    var small = new Initialisation.Xavier();
    Network network = Network.of(
            images.features(), new SoftmaxCrossEntropy(), new Dense(50, small), new Sigmoid(), new Dense(10, small));
    Parameters parameters = network.initialise(Precision.FLOAT32, 1);
    try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
        Trainer trainer = new Trainer(
                network,
                parameters,
                new Backprop(network, parameters, kernels),
                new Sgd(0.5),
                new Sampler.Replacement(images.count(), 100, 1),
                kernels,
                images,
                100);
        for (int i = 0; i < 600; i++) {
            trainer.step();
        }
    }
    return Predictor.of(network, parameters);
}

float[] pixels(ImageDataset images, int index) {
    float[] pixels = new float[images.features()];
    for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (images.pixels()[index * pixels.length + i] & 0xFF) / 255f;
    }
    return pixels;
}
