package org.badak.catalog;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.badak.optimizer.AdaDelta;
import org.badak.optimizer.AdaGrad;
import org.badak.optimizer.Adam;
import org.badak.optimizer.Momentum;
import org.badak.optimizer.NAdam;
import org.badak.optimizer.Optimizer;
import org.badak.optimizer.ReduceOnPlateau;
import org.badak.optimizer.RmsProp;
import org.badak.optimizer.Schedule;
import org.badak.optimizer.Sgd;
import org.badak.optimizer.WeightDecay;

/// Optimizers and learning-rate schedules by name, with options behind a colon:
/// `adam:learning-rate=0.002,beta2=0.99`, `cosine:minimum=1e-5,warm-up=500`. Each has sensible
/// defaults, which stand here and nowhere else.
public final class Optimizers {
    /// The optimizers. All take learning-rate, weight-decay, weight-decay-kind (l2 or decoupled) and
    /// weight-decay-biases (true or false) besides those of their form.
    public static final List<Named<Optimizer>> OPTIMIZERS = List.of(
            line("sgd", "", "gradient descent, the chapter's; rate 0.1", o -> new Sgd(rate(o, 0.1), decay(o, 0))),
            line("momentum", "momentum=0.9", "with velocity; rate 0.01", o -> momentum(o, false)),
            line("nesterov", "momentum=0.9", "with velocity and look ahead; rate 0.01", o -> momentum(o, true)),
            line(
                    "adagrad",
                    "epsilon=1e-10",
                    "by the root of the sum of squares; rate 0.01",
                    o -> new AdaGrad(rate(o, 0.01), o.number("epsilon", 1e-10), decay(o, 0))),
            line(
                    "rmsprop",
                    "alpha=0.99,epsilon=1e-8",
                    "by the root of the mean square; rate 0.001",
                    o -> new RmsProp(rate(o, 0.001), o.number("alpha", 0.99), o.number("epsilon", 1e-8), decay(o, 0))),
            line(
                    "adam",
                    "beta1=0.9,beta2=0.999,epsilon=1e-8,amsgrad=false",
                    "mean by root of mean square; rate 0.001",
                    o -> adam(o, decay(o, 0))),
            line(
                    "adamw",
                    "beta1=0.9,beta2=0.999,epsilon=1e-8,amsgrad=false",
                    "adam with decoupled weight decay 0.01; rate 0.001",
                    o -> adam(o, decay(o, 0.01, WeightDecay.Kind.DECOUPLED))),
            line(
                    "adadelta",
                    "rho=0.9,epsilon=1e-6",
                    "by the ratio of two mean squares; rate 1",
                    o -> new AdaDelta(rate(o, 1), o.number("rho", 0.9), o.number("epsilon", 1e-6), decay(o, 0))),
            line(
                    "nadam",
                    "beta1=0.9,beta2=0.999,epsilon=1e-8,momentum-decay=0.004",
                    "adam with look ahead; rate 0.002",
                    o -> new NAdam(
                            rate(o, 0.002),
                            o.number("beta1", 0.9),
                            o.number("beta2", 0.999),
                            o.number("epsilon", 1e-8),
                            o.number("momentum-decay", 0.004),
                            decay(o, 0))));

    /// The schedules. All take warm-up (steps) and warm-up-start (share of the rate at step 0, 0.1)
    /// besides those of their form.
    public static final List<Named<ScheduleMaker>> SCHEDULES = List.of(
            schedule("constant", "", "the same rate throughout", (o, steps) -> new Schedule.Constant()),
            schedule(
                    "step",
                    "every=N,factor=0.1",
                    "lower by a factor every so many steps, a third of all",
                    (o, steps) -> new Schedule.Stairs(
                            o.whole("every", Math.max(1, (steps + 2) / 3)), o.number("factor", 0.1))),
            schedule(
                    "exponential",
                    "factor=F",
                    "lower by a factor each step, to a hundredth in all",
                    (o, steps) -> new Schedule.Exponential(
                            o.number("factor", StrictMath.pow(0.01, 1.0 / Math.max(1, steps))))),
            schedule(
                    "cosine",
                    "minimum=0,steps=N",
                    "half a cosine down to the minimum",
                    (o, steps) -> new Schedule.Cosine(o.whole("steps", Math.max(1, steps)), o.number("minimum", 0))),
            schedule(
                    "one-cycle",
                    "steps=N,rising=0.3,start=25,end=1e4",
                    "up to the learning rate and down",
                    (o, steps) -> new Schedule.OneCycle(
                            o.whole("steps", Math.max(2, steps)),
                            o.number("rising", 0.3),
                            o.number("start", 25),
                            o.number("end", 1e4))),
            schedule(
                    "plateau",
                    "factor=0.1,patience=10,min-delta=1e-4,cooldown=0,minimum=0",
                    "lower when a metric no longer improves",
                    (o, steps) -> new ReduceOnPlateau(
                            o.number("factor", ReduceOnPlateau.STANDARD.factor()),
                            Math.toIntExact(o.whole("patience", ReduceOnPlateau.STANDARD.patience())),
                            o.number("min-delta", ReduceOnPlateau.STANDARD.margin()),
                            Math.toIntExact(o.whole("cooldown", ReduceOnPlateau.STANDARD.cooldown())),
                            o.number("minimum", ReduceOnPlateau.STANDARD.minimum()))));

    private static final String RATE = "learning-rate";
    private static final String DECAY = "weight-decay";
    private static final String KIND = "weight-decay-kind";
    private static final String BIASES = "weight-decay-biases";

    /// Makes a schedule for a run.
    @FunctionalInterface
    public interface ScheduleMaker {
        /// @param steps of the whole run
        Schedule make(long steps);
    }

    @FunctionalInterface
    private interface ScheduleFactory {
        Schedule make(Options options, long steps);
    }

    private Optimizers() {}

    /// The optimizer that a text names.
    ///
    /// @throws IllegalArgumentException if a name or a number is wrong; names the nearest
    public static Optimizer optimizer(String text) {
        return Named.make("optimizer", OPTIMIZERS, text);
    }

    /// The schedule that a text names.
    ///
    /// @param steps of the whole run, warm-up included
    /// @throws IllegalArgumentException if a name or a number is wrong; names the nearest
    public static Schedule schedule(String text, long steps) {
        return Named.make("schedule", SCHEDULES, text).make(steps);
    }

    /// An optimizer in a text that [#optimizer] reads back.
    public static String text(Optimizer optimizer) {
        String own = switch (optimizer) {
            case Sgd sgd -> "";
            case Momentum rule -> ",momentum=" + rule.momentum();
            case AdaGrad rule -> ",epsilon=" + rule.epsilon();
            case RmsProp rule -> ",alpha=" + rule.alpha() + ",epsilon=" + rule.epsilon();
            case Adam rule -> moments(rule.beta1(), rule.beta2(), rule.epsilon()) + ",amsgrad=" + rule.amsgrad();
            case AdaDelta rule -> ",rho=" + rule.rho() + ",epsilon=" + rule.epsilon();
            case NAdam rule ->
                moments(rule.beta1(), rule.beta2(), rule.epsilon()) + ",momentum-decay=" + rule.momentumDecay();
        };
        WeightDecay decay = optimizer.decay();
        String decays = decay.equals(WeightDecay.NONE)
                ? ""
                : "," + DECAY + "=" + decay.rate() + "," + KIND + "="
                        + decay.kind().name().toLowerCase(Locale.ROOT) + "," + BIASES + "=" + decay.biases();
        return optimizer.name() + ":" + RATE + "=" + optimizer.learningRate() + own + decays;
    }

    private static String moments(double beta1, double beta2, double epsilon) {
        return ",beta1=" + beta1 + ",beta2=" + beta2 + ",epsilon=" + epsilon;
    }

    private static Named<Optimizer> line(
            String name, String options, String summary, Function<Options, Optimizer> factory) {
        return new Named<>(name, form(name, options), summary, argument -> {
            Options given = new Options("optimizer " + name, argument);
            return given.complete(factory.apply(given));
        });
    }

    private static Named<ScheduleMaker> schedule(String name, String options, String summary, ScheduleFactory factory) {
        return new Named<>(name, form(name, options), summary, argument -> steps -> {
            Options given = new Options("schedule " + name, argument);
            long warmUp = given.whole("warm-up", 0);
            double start = given.number("warm-up-start", 0.1);
            if (warmUp == 0) {
                return given.complete(factory.make(given, steps));
            }
            Schedule then = factory.make(given, steps - warmUp);
            return given.complete(new Schedule.WarmUp(warmUp, start, then));
        });
    }

    private static String form(String name, String options) {
        return options.isEmpty() ? name : name + ":" + options;
    }

    private static Momentum momentum(Options options, boolean nesterov) {
        return new Momentum(rate(options, 0.01), options.number("momentum", 0.9), nesterov, decay(options, 0));
    }

    private static Adam adam(Options options, WeightDecay decay) {
        return new Adam(
                rate(options, 0.001),
                options.number("beta1", 0.9),
                options.number("beta2", 0.999),
                options.number("epsilon", 1e-8),
                options.flag("amsgrad"),
                decay);
    }

    private static double rate(Options options, double otherwise) {
        return options.number(RATE, otherwise);
    }

    private static WeightDecay decay(Options options, double otherwise) {
        return decay(options, otherwise, WeightDecay.Kind.L2);
    }

    private static WeightDecay decay(Options options, double otherwise, WeightDecay.Kind usual) {
        List<String> kinds = usual == WeightDecay.Kind.L2 ? List.of("l2", "decoupled") : List.of("decoupled", "l2");
        double rate = options.number(DECAY, otherwise);
        WeightDecay.Kind kind =
                WeightDecay.Kind.valueOf(options.word(KIND, kinds).toUpperCase(Locale.ROOT));
        boolean biases = options.flag(BIASES);
        return rate == 0 ? WeightDecay.NONE : new WeightDecay(rate, kind, biases);
    }
}
