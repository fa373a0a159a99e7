package org.badak.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.badak.catalog.Catalog;
import org.badak.layer.Dropout;
import org.badak.layer.Elementwise;
import org.badak.layer.Layer;
import org.badak.tabular.TrainingSettings;
import org.badak.train.AccuracyGap;
import org.badak.train.Evaluation;
import org.badak.train.FitVerdict;
import org.badak.train.Gap;
import org.badak.train.GapOpening;
import org.badak.train.GapWatch;

/// Says during a training that over-fitting begins, once, with the figures and with what to type against it.
final class Diagnosis {
    private final GapWatch watch;
    private final List<String> cures;
    private final Console console;
    private Optional<GapOpening> untold = Optional.empty();
    private boolean told;

    /// @param trainCount number of training examples
    /// @param unseenCount number of examples of the validation part where there is one, else of the test set
    /// @param cures options that narrow a gap and are not in use, with their values
    Diagnosis(int trainCount, int unseenCount, List<String> cures, Console console) {
        this(reading -> AccuracyGap.of(reading, trainCount, unseenCount), cures, console);
    }

    /// @param measure the gap of a reading
    /// @param cures options that narrow a gap and are not in use, with their values
    Diagnosis(Function<Evaluation, Gap> measure, List<String> cures, Console console) {
        watch = new GapWatch(measure, opening -> untold = Optional.of(opening));
        this.cures = cures;
        this.console = console;
    }

    /// What a run on images has not tried yet.
    static List<String> cures(TrainingPlan plan) {
        List<String> cures = new ArrayList<>();
        if (plan.augmentations().isEmpty()) {
            cures.add("--augment \"shift 2, rotate 10\"");
        }
        if (plan.update().optimizer().decay().rate() == 0) {
            cures.add("--weight-decay 0.001");
        }
        List<Layer> layers = plan.network().layers();
        if (layers.stream().noneMatch(layer -> layer instanceof Dropout)
                && layers.stream().anyMatch(layer -> layer instanceof Elementwise)) {
            cures.add("--layers \"" + String.join(", ", withDropout(layers)) + "\"");
        }
        if (!plan.stopping().endsEarly()) {
            cures.add(
                    plan.stopping().validation().isPresent()
                            ? "--early-stopping 5"
                            : "--validation 0.1 --early-stopping 5");
        }
        return cures;
    }

    private static List<String> withDropout(List<Layer> layers) {
        List<String> words = new ArrayList<>();
        for (Layer layer : layers) {
            words.add(Catalog.text(layer));
            if (layer instanceof Elementwise) {
                words.add("dropout 0.2");
            }
        }
        return words;
    }

    /// What a run on a table has not tried yet.
    static List<String> cures(TrainingSettings settings, boolean validated) {
        List<String> cures = new ArrayList<>();
        if (!validated) {
            cures.add("--validation 0.15");
        }
        cures.add(
                "--weight-decay " + Math.max(1, 2 * settings.optimizer().decay().rate()));
        if (settings.hidden().stream().mapToInt(Integer::intValue).max().orElse(0) > 16) {
            cures.add("--hidden 16");
        }
        return cures;
    }

    /// Takes note of a reading.
    ///
    /// @param line of the metrics, which gets the step at which the present gap opened
    void evaluated(Evaluation reading, ObjectBuilder line) {
        evaluated(reading);
        put(line);
    }

    /// Takes note of a reading.
    void evaluated(Evaluation reading) {
        watch.evaluated(reading);
    }

    /// Says, the first time, that a gap has opened.
    void tell() {
        if (untold.isPresent() && !told) {
            console.result("  > " + untold.get().sentence(Texts.locale()));
            tellCures("    ");
        }
        untold = Optional.empty();
    }

    /// Says at the end what could be done, unless it has been said.
    void finish(FitVerdict verdict) {
        if (verdict == FitVerdict.OVERFITTED && !told) {
            tellCures("");
        }
    }

    private void tellCures(String indent) {
        told = true;
        if (!cures.isEmpty()) {
            console.result(indent
                    + Texts.of("Cures to try: ", "처방: ")
                    + String.join(Texts.of("; or ", ", 또는 "), cures)
                    + Texts.of(" (badak overfit shows what they do)", " (효과는 badak overfit이 보여 줍니다)"));
        }
    }

    /// Adds the step at which the present gap opened, if there is one.
    void put(ObjectBuilder json) {
        watch.opening()
                .ifPresent(opening ->
                        json.put("gap_opened_at_step", opening.reading().step()));
    }
}
