package org.badak.cli;

import java.util.List;
import java.util.Locale;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.report.Readings;
import org.badak.train.Evaluation;

/// What a user sees while a network is trained: a bar on a terminal, and a table with a row per epoch everywhere.
final class TrainingDisplay {
    private static final long EVERY_NANOSECONDS = 100_000_000;
    private static final double NANOSECONDS = 1e9;
    private static final double RATE_SMOOTHING = 0.2;
    private static final double SMOOTHING = 0.02;
    private static final int BAR = 24;
    private static final int LEAST_STEPS_PER_LOOK = 16;

    private final TrainingPlan plan;
    private final Console console;
    private final LiveLine line;
    private final int columns;
    private double smoothLoss = Double.NaN;
    private double testAccuracy = Double.NaN;
    private double rate = Double.NaN; // images per second, evaluations left out
    private long begun = System.nanoTime();
    private long latest;
    private long latestStep;
    private long step;
    private long first; // the step that this process began at
    private boolean headed;

    TrainingDisplay(TrainingPlan plan, Console console) {
        this.plan = plan;
        this.console = console;
        line = new LiveLine(console);
        columns = console.terminal().live() ? console.terminal().columns() : 0;
    }

    void begin(long parameterCount, Kernels kernels) {
        KernelChoice choice = KernelChoice.current();
        console.note(String.format(
                Locale.ROOT,
                Texts.of("Network: %s %s, %,d parameters, %s, %s gradient", "신경망: %s %s, 매개변수 %,d개, %s, 기울기 %s"),
                plan.network().sizes(),
                plan.options().activation(),
                parameterCount,
                kernels.precision().name().toLowerCase(Locale.ROOT),
                plan.numerical()
                        ? Texts.of(plan.gradient(), "수치 미분(" + plan.gradient() + ")")
                        : Texts.of("backprop", "역전파")));
        console.note(String.format(
                        Locale.ROOT,
                        Texts.of(
                                "Training: %1$,d steps of %2$d %8$s (%3$s), learning rate %4$s, seed %5$d, %6$s kernels, threads %7$d",
                                "학습: %8$s %2$d개씩 %1$,d단계 (%3$s), 학습률 %4$s, 시드 %5$d, %6$s 커널, 스레드 %7$d개"),
                        plan.steps(),
                        plan.batch(),
                        plan.sampler().name(),
                        plan.update().rate(),
                        plan.options().seed(),
                        choice.set().name(),
                        plan.threads(),
                        Texts.of(Readings.unit(plan.data().split().train())))
                + division());
        if (!plan.augmentations().isEmpty()) {
            console.note(Texts.of("Augmentation of the training images: ", "훈련 이미지 증강: ")
                    + AugmentOptions.text(plan.augmentations()));
        }
        begin(plan.stopping());
        begun = System.nanoTime();
        restart(begun);
        line.show(Texts.of("Evaluating...", "평가 중..."));
    }

    /// Shards and local steps, where there are any.
    private String division() {
        String shards = plan.shards()
                .map(division -> Texts.of(", shards " + division.count(), ", 조각 " + division.count() + "개"))
                .orElse("");
        return plan.localSteps() == 0
                ? shards
                : shards + Texts.of(", local steps " + plan.localSteps(), ", 로컬 " + plan.localSteps() + "단계");
    }

    /// Shows where a run goes on, with the readings before.
    void resume(List<Evaluation> readings, long from) {
        readings.forEach(this::evaluated);
        first = from;
        step = from;
        begun = System.nanoTime();
        restart(begun);
        console.note(String.format(
                Locale.ROOT,
                Texts.of("Resumed at step %s of %s", "전체 %2$s단계 중 %1$s단계부터 이어서 학습합니다"),
                Texts.count(from),
                Texts.count(plan.steps())));
    }

    private void begin(StoppingPlan stopping) {
        stopping.validation()
                .ifPresent(held -> console.note(String.format(
                        Locale.ROOT,
                        Texts.of(
                                "Validation: %,d %s held out of training; they choose the best parameters",
                                "검증: %2$s %1$,d개를 훈련에서 떼어 놓고 가장 좋은 매개변수를 고르는 데 씁니다"),
                        held.count(),
                        Texts.of(Readings.unit(held)))));
        if (!stopping.endsEarly()) {
            return;
        }
        console.note(String.format(
                Locale.ROOT,
                Texts.of(
                        "Early stopping: after %d evaluations without a better %s",
                        "조기 종료: 평가 %d번 동안 %s 값이 나아지지 않으면 멈춥니다"),
                stopping.patience(),
                stopping.metric().label()));
        if (stopping.metric().readsTest()) {
            console.note(Texts.of(
                    "  It watches the test set, for there is no validation part: the test accuracy will look a little"
                            + " better than on new images. --validation 0.1 holds images out for it.",
                    "  검증 데이터가 없어 시험 데이터를 지켜봅니다. 그래서 시험 정확도가 새 이미지에서보다 조금 높게 나옵니다."
                            + " --validation 0.1을 쓰면 훈련 이미지 일부를 검증에 씁니다."));
        }
    }

    /// How a run with early stopping ended, in a sentence.
    String ending(boolean early, Evaluation last, Evaluation best) {
        return String.format(
                Locale.ROOT,
                early
                        ? Texts.of(
                                "Early stopping at epoch %s: %s was best at epoch %s (%.4f), whose parameters are kept.",
                                "에폭 %s에서 조기 종료했습니다. %s 값이 가장 좋았던 에폭 %s(%.4f)의 매개변수를 남깁니다.")
                        : Texts.of(
                                "Trained to epoch %s: %s was best at epoch %s (%.4f), whose parameters are kept.",
                                "에폭 %s까지 학습했습니다. %s 값이 가장 좋았던 에폭 %s(%.4f)의 매개변수를 남깁니다."),
                epoch(last.epoch()),
                plan.stopping().metric().label(),
                epoch(best.epoch()),
                plan.stopping().metric().of(best));
    }

    void step(long done, double loss) {
        step = done;
        smoothLoss = Double.isNaN(smoothLoss) ? loss : smoothLoss + SMOOTHING * (loss - smoothLoss);
        if (columns == 0 || done % LEAST_STEPS_PER_LOOK != 0 && !plan.numerical()) {
            return;
        }
        long now = System.nanoTime();
        if (now - latest > EVERY_NANOSECONDS) {
            double recent = (done - latestStep) * (double) plan.batch() / (now - latest) * NANOSECONDS;
            rate = Double.isNaN(rate) ? recent : rate + RATE_SMOOTHING * (recent - rate);
            restart(now);
            line.show(bar(now));
        }
    }

    private void restart(long now) {
        latest = now;
        latestStep = step;
    }

    void evaluated(Evaluation reading) {
        testAccuracy = reading.testAccuracy();
        line.clear();
        if (!headed) {
            headed = true;
            console.result("");
            console.result(Texts.of(
                            "   epoch      step   train acc    test acc   train loss    test loss   seconds",
                            "    에폭      단계    훈련정확도   시험정확도     훈련손실     시험손실        초")
                    + (plan.stopping().validation().isPresent()
                            ? Texts.of("   valid acc   valid loss", "   검증정확도     검증손실")
                            : ""));
        }
        console.result(String.format(
                Locale.ROOT,
                "%8s %9s %11s %11s %12s %12s %9.2f%s",
                epoch(reading.epoch()),
                Texts.count(reading.step()),
                Texts.percent(reading.trainAccuracy()),
                Texts.percent(reading.testAccuracy()),
                loss(reading.trainLoss()),
                loss(reading.testLoss()),
                reading.seconds(),
                plan.stopping().validation().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                " %11s %12s",
                                Texts.percent(reading.validationAccuracy()),
                                loss(reading.validationLoss()))
                        : ""));
        console.results().flush();
        long now = System.nanoTime();
        begun = reading.step() == 0 ? now : begun; // the first evaluation is the slow start of the JVM
        restart(now);
    }

    void end() {
        line.clear();
    }

    private static String epoch(double epoch) {
        return epoch == Math.rint(epoch) ? Texts.count((long) epoch) : String.format(Locale.ROOT, "%,.2f", epoch);
    }

    private String bar(long now) {
        double share = (double) step / plan.steps();
        double seconds = (now - begun) / NANOSECONDS;
        long left = Math.round(seconds * (plan.steps() - step) / (step - first));
        int full = (int) (share * BAR);
        boolean unicode = console.terminal().unicode();
        String drawn = (unicode ? "█" : "#").repeat(full) + (unicode ? "░" : ".").repeat(BAR - full);
        String text = String.format(
                Locale.ROOT,
                Texts.of(
                        "%s %3d %%  loss %.4f  test %s  %,d %7$s/s  %6$s left",
                        "%s %3d %%  손실 %.4f  시험 %s  초당 %7$s %5$,d개  남은 시간 %6$s"),
                drawn,
                (int) (100 * share),
                smoothLoss,
                Double.isNaN(testAccuracy) ? "-" : Texts.percent(testAccuracy),
                Math.round(rate),
                left < 60 ? left + " s" : left / 60 + " min " + left % 60 + " s",
                Texts.of(Readings.unit(plan.data().split().train())));
        return text.length() < columns ? text : text.substring(BAR + 1).strip();
    }

    /// A loss in at most 10 characters, however large.
    private static String loss(double loss) {
        return String.format(Locale.ROOT, loss < 10_000 ? "%.5f" : "%.3e", loss);
    }
}
