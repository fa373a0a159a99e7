package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.badak.train.Evaluation;
import org.badak.train.FitVerdict;
import org.junit.jupiter.api.Test;

/// When a training speaks of over-fitting, and when it keeps silent.
class DiagnosisTest {
    private static final List<String> CURES = List.of("--weight-decay 0.001", "--augment \"shift 2\"");

    private final StringWriter said = new StringWriter();
    private final Diagnosis diagnosis = diagnosis(CURES);
    private long step;

    @Test
    void aGapThatClosesAndOpensAgainIsToldOnceButKeptInTheRecord() {
        read(0.99, 0.80);
        read(0.99, 0.80);
        assertThat(said.toString())
                .containsOnlyOnce("  > Over-fitting began at step 0 (epoch 0.000): ")
                .containsOnlyOnce("    Cures to try: --weight-decay 0.001; or --augment \"shift 2\" (badak overfit");
        assertThat(record()).contains("\"gap_opened_at_step\":0");
        read(0.90, 0.90);
        read(0.90, 0.90);
        assertThat(record()).doesNotContain("gap_opened_at_step");
        read(0.99, 0.80);
        read(0.99, 0.80);
        assertThat(record()).contains("\"gap_opened_at_step\":400");
        diagnosis.finish(FitVerdict.OVERFITTED);
        assertThat(said.toString().split("Over-fitting began")).hasSize(2);
        assertThat(said.toString().split("Cures to try")).hasSize(2);
    }

    @Test
    void aGapSeenAtTheLastReadingOnlyIsAnsweredAtTheEnd() {
        read(0.90, 0.89);
        read(0.99, 0.80);
        assertThat(said.toString()).isEmpty();
        diagnosis.finish(FitVerdict.OVERFITTED);
        diagnosis.finish(FitVerdict.OVERFITTED);
        assertThat(said.toString())
                .containsOnlyOnce("Cures to try: --weight-decay")
                .doesNotContain("  > ");
    }

    @Test
    void nothingIsProposedWhereNothingIsWrongOrNothingIsLeft() {
        diagnosis.finish(FitVerdict.GENERALISES);
        diagnosis.finish(FitVerdict.SLIGHTLY_OVERFITTED);
        diagnosis(List.of()).finish(FitVerdict.OVERFITTED);
        assertThat(said.toString()).isEmpty();
    }

    private Diagnosis diagnosis(List<String> cures) {
        PrintWriter out = new PrintWriter(said, true);
        return new Diagnosis(10_000, 10_000, cures, new Console(out, out, Terminal.NONE));
    }

    /// A reading, as a run takes note of it and tells it.
    private void read(double train, double test) {
        diagnosis.evaluated(new Evaluation(step, step / 100.0, train, test, 0.1, 0.1, 1));
        diagnosis.tell();
        step += 100;
    }

    private String record() {
        ObjectBuilder json = new ObjectBuilder();
        diagnosis.put(json);
        return json.json().toString();
    }
}
