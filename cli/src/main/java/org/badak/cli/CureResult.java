package org.badak.cli;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.badak.chapter.Cure;
import org.badak.chapter.OverfittingExperiment.Course;
import org.badak.train.Evaluation;

/// What a cure came to: means over seeds, beside the runs without a cure.
///
/// @param cure what was done
/// @param courses one for each seed
/// @param plain those of the same seeds without a cure
record CureResult(Cure cure, List<Course> courses, List<Course> plain) {
    /// Copies the lists.
    CureResult {
        courses = List.copyOf(courses);
        plain = List.copyOf(plain);
    }

    /// Whether nothing was done.
    boolean isPlain() {
        return courses.equals(plain);
    }

    /// Mean of a figure of the networks that are left.
    double last(ToDoubleFunction<Evaluation> value) {
        return mean(courses, course -> value.applyAsDouble(course.last()));
    }

    /// The same without a cure.
    double lastPlain(ToDoubleFunction<Evaluation> value) {
        return mean(plain, course -> value.applyAsDouble(course.last()));
    }

    /// Mean of a figure at an epoch, or at the end where that was earlier.
    double at(double epoch, ToDoubleFunction<Evaluation> value) {
        return mean(courses, course -> value.applyAsDouble(course.at(epoch)));
    }

    /// Distance of training and test accuracy, a share.
    double gap() {
        return last(Evaluation::trainAccuracy) - last(Evaluation::testAccuracy);
    }

    /// What the cure adds to the test accuracy, a share.
    double gain() {
        return last(Evaluation::testAccuracy) - lastPlain(Evaluation::testAccuracy);
    }

    /// Standard error of the mean gain, seed against seed; NaN for one seed.
    double standardError() {
        double squares = 0;
        for (int i = 0; i < courses.size(); i++) {
            double gain =
                    courses.get(i).last().testAccuracy() - plain.get(i).last().testAccuracy();
            squares += (gain - gain()) * (gain - gain());
        }
        return courses.size() < 2 ? Double.NaN : Math.sqrt(squares / (courses.size() - 1) / courses.size());
    }

    /// What stopping at the best moment, chosen by the test set itself, would have added without a cure, a share.
    double mostByStopping() {
        return mean(
                plain,
                course -> course.readings().stream()
                                .mapToDouble(Evaluation::testAccuracy)
                                .max()
                                .orElse(Double.NaN)
                        - course.last().testAccuracy());
    }

    private static double mean(List<Course> courses, ToDoubleFunction<Course> value) {
        return courses.stream().mapToDouble(value).sum() / courses.size();
    }
}
