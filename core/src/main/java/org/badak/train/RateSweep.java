package org.badak.train;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import org.badak.optimizer.Schedule;

/// The learning-rate finder: training from a tiny to a huge learning rate, evenly spaced in logarithms,
/// with the loss watched. Smith, "Cyclical learning rates for training neural networks", WACV 2017,
/// section 3.3; the smoothing and the choice are fastai's.
///
/// Losses are smoothed by an exponential average that keeps 0.9 and is corrected for its start, as
/// Adam's moments are. The sweep ends early when the smoothed loss is 4 times its least, or not finite.
/// The suggestion is the smaller of two rates: where the smoothed loss falls fastest, against the
/// logarithm of the rate, and a tenth of the rate of its least value; the average lags behind, so that
/// both places are a little late.
///
/// @param rates of the steps done
/// @param losses of their mini-batches, before the update
/// @param smoothed those smoothed
/// @param diverged whether the loss rose or overflowed before the last rate was reached
/// @param steepest rate where the smoothed loss falls fastest, NaN if it does not fall
/// @param suggestion empty if the loss did not fall
public record RateSweep(
        double[] rates,
        double[] losses,
        double[] smoothed,
        boolean diverged,
        double steepest,
        OptionalDouble suggestion) {
    private static final double KEPT = 0.9;
    private static final double FAR = 4;
    private static final double MARGIN = 10;
    private static final double LEAST_FALL = 0.02;
    private static final int LEAST_REACH = 2;
    private static final int WINDOWS = 25; // slopes are taken over two of these
    private static final int UNSETTLED = 10; // an average of few batches is noise: the first tenth suggests nothing

    /// Trains a trainer that has made no step yet, through the rates of a schedule that it is given here.
    ///
    /// @throws TrainingException if the first loss is not finite
    public static RateSweep of(Trainer trainer, Schedule.Sweep schedule) {
        trainer.schedule(schedule);
        int steps = Math.toIntExact(schedule.steps());
        double[] rates = new double[steps];
        double[] losses = new double[steps];
        double[] smoothed = new double[steps];
        double average = 0;
        double correction = 1;
        double least = Double.POSITIVE_INFINITY;
        int done = 0;
        boolean diverged = false;
        while (done < steps && !diverged && !trainer.isStopped()) {
            rates[done] = trainer.learningRate();
            try {
                losses[done] = trainer.step();
            } catch (TrainingException overflow) {
                if (done == 0) {
                    throw overflow;
                }
                diverged = true;
                continue;
            }
            average = KEPT * average + (1 - KEPT) * losses[done];
            correction *= KEPT;
            smoothed[done] = average / (1 - correction);
            least = Math.min(least, smoothed[done]);
            diverged = smoothed[done] > FAR * least;
            done++;
        }
        return of(Arrays.copyOf(rates, done), Arrays.copyOf(losses, done), Arrays.copyOf(smoothed, done), diverged);
    }

    /// Chooses among readings.
    static RateSweep of(double[] rates, double[] losses, double[] smoothed, boolean diverged) {
        int least = least(smoothed);
        int steepest = -1;
        double slope = 0;
        int reach = Math.max(LEAST_REACH, smoothed.length / WINDOWS);
        int settled = Math.max(reach, smoothed.length / UNSETTLED);
        for (int i = settled; i + reach < smoothed.length && i <= least; i++) {
            double fall = (smoothed[i - reach] - smoothed[i + reach]) / Math.log(rates[i + reach] / rates[i - reach]);
            if (fall > slope) {
                slope = fall;
                steepest = i;
            }
        }
        boolean fell = smoothed.length > 0 && smoothed[least] < (1 - LEAST_FALL) * smoothed[0];
        double fastest = steepest < 0 ? Double.NaN : rates[steepest];
        return new RateSweep(
                rates,
                losses,
                smoothed,
                diverged,
                fastest,
                fell && steepest >= 0
                        ? OptionalDouble.of(Math.min(fastest, rates[least] / MARGIN))
                        : OptionalDouble.empty());
    }

    /// The rate where the smoothed loss is least.
    public double rateOfLeastLoss() {
        return rates[least(smoothed)];
    }

    /// Why this rate, in a sentence with the figures it rests on.
    public String explanation() {
        int least = least(smoothed);
        String course = String.format(
                Locale.ROOT,
                "the smoothed loss went from %.4g at rate %.2g to its least, %.4g, at rate %.2g",
                smoothed[0],
                rates[0],
                smoothed[least],
                rates[least]);
        String end = diverged
                ? String.format(Locale.ROOT, ", and diverged near rate %.2g", rates[rates.length - 1])
                : String.format(Locale.ROOT, ", and did not diverge up to rate %.2g", rates[rates.length - 1]);
        if (suggestion.isEmpty()) {
            return "No suggestion: the loss did not fall by " + Math.round(100 * LEAST_FALL) + " %; " + course + end
                    + ". More steps, or other first and last rates, may help.";
        }
        return String.format(
                        Locale.ROOT,
                        "%.2g: the smaller of the rate where the loss falls fastest, %.2g, and a tenth of the rate where"
                                + " it is least; ",
                        suggestion.getAsDouble(),
                        steepest)
                + course
                + end
                + ". Rates from a third to three times the suggestion are worth a trial.";
    }

    private static int least(double[] values) {
        int least = 0;
        for (int i = 1; i < values.length; i++) {
            least = values[i] < values[least] ? i : least;
        }
        return least;
    }
}
