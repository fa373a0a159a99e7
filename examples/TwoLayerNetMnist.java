//JAVA 25+
//DEPS org.badak:badak-bom:0.1.0-SNAPSHOT@pom org.badak:badak-core org.badak:badak-simd
//RUNTIME_OPTIONS --add-modules jdk.incubator.vector

// Chapter 4.5: the training algorithm (학습 알고리즘), a network of two layers (2층 신경망) on handwritten digits.
//
// Arguments: [iterations] [generated]. Without any it is the chapter's experiment: 10,000 iterations on MNIST where
// MNIST is found (BADAK_DATA_HOME or the cache of Badak), else on generated digits, which the word asks for.

import org.badak.chapter.TwoLayerNet;
import org.badak.data.Batch;
import org.badak.data.BatchLoader;
import org.badak.data.DataLocations;
import org.badak.data.DataSplit;
import org.badak.data.GeneratedDigits;
import org.badak.data.MnistSource;
import org.badak.data.Sampler;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;

void main(String[] arguments) {
    int iterations = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000; // 반복 횟수
    boolean generated = arguments.length > 1 && arguments[1].equals("generated");
    int batchSize = 100; // 미니배치 크기
    double learningRate = 0.1; // 학습률

    DataSplit data = data(generated);
    IO.println(data.origin());

    // 784 - 50 - 10: sigmoid in the hidden layer (은닉층), softmax with the loss; weights from N(0, 0.01^2)
    TwoLayerNet net = new TwoLayerNet(784, 50, 10);

    try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT64, 1)) {
        Sampler sampler = new Sampler.Replacement(data.train().count(), batchSize, 1);
        BatchLoader loader = new BatchLoader(data.train(), kernels, batchSize, true); // true: skip the black pixels
        int[] indices = new int[batchSize];
        double[] lossHistory = new double[iterations]; // 손실 함수의 추이

        for (int i = 0; i < iterations; i++) {
            if (i % sampler.stepsPerEpoch() == 0) { // once an epoch (에폭): accuracy (정확도), inside the loop
                printAccuracy("epoch " + i / sampler.stepsPerEpoch(), net, data);
            }
            // 1. mini-batch (미니배치)
            Batch batch = loader.load(indices, 0, sampler.draw(i, indices));
            // 2. gradient (기울기 산출); net.numericalGradient gives the same, in more time
            Map<String, Matrix> gradient = net.gradient(batch.x(), batch.targets());
            // 3. update (매개변수 갱신): params[key] -= learningRate * gradient[key]
            net.update(gradient, learningRate);
            lossHistory[i] = net.loss(batch.x(), batch.targets());
        }
        printAccuracy("end", net, data);
        IO.println("loss of the first and the last mini-batch: " + lossHistory[0] + ", " + lossHistory[iterations - 1]);
    }
}

DataSplit data(boolean generated) {
    DataLocations locations = DataLocations.ofEnvironment();
    MnistSource mnist = MnistSource.mnist();
    if (!generated && mnist.find(locations).isPresent()) {
        return mnist.load(locations);
    }
    return GeneratedDigits.generate(1, 10_000, 2_000);
}

void printAccuracy(String when, TwoLayerNet net, DataSplit data) {
    IO.println(String.format(
            Locale.ROOT, "%s: train %.4f, test %.4f", when, net.accuracy(data.train()), net.accuracy(data.test())));
}
