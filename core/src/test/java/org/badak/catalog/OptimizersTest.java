package org.badak.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.badak.optimizer.Adam;
import org.badak.optimizer.Momentum;
import org.badak.optimizer.NAdam;
import org.badak.optimizer.Optimizer;
import org.badak.optimizer.ReduceOnPlateau;
import org.badak.optimizer.Schedule;
import org.badak.optimizer.Sgd;
import org.badak.optimizer.WeightDecay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimizersTest {
    @Test
    void everyOptimizerIsMadeByItsNameAndByItsForm() {
        for (Named<Optimizer> line : Optimizers.OPTIMIZERS) {
            Optimizer byName = Optimizers.optimizer(line.name());
            assertThat(byName.name()).isEqualTo(line.name());
            assertThat(Optimizers.optimizer(line.form())).isEqualTo(byName);
            assertThat(line.summary()).contains("rate " + (byName.learningRate() == 1 ? "1" : byName.learningRate()));
        }
    }

    @Test
    void everyOptimizerReadsBackFromItsText() {
        for (Named<Optimizer> line : Optimizers.OPTIMIZERS) {
            for (String decay : new String[] {"", ",weight-decay=0.3", ",weight-decay=0.2,weight-decay-biases=true"}) {
                Optimizer optimizer = Optimizers.optimizer(line.name() + ":learning-rate=0.0123" + decay);
                assertThat(Optimizers.optimizer(Optimizers.text(optimizer))).isEqualTo(optimizer);
                assertThat(optimizer.learningRate()).isEqualTo(0.0123);
            }
        }
    }

    @Test
    void optionsReachTheRule() {
        assertThat(Optimizers.optimizer("sgd")).isEqualTo(new Sgd(0.1));
        assertThat(Optimizers.optimizer("momentum:momentum=0.5,learning-rate=2"))
                .isEqualTo(new Momentum(2, 0.5, false, WeightDecay.NONE));
        assertThat(Optimizers.optimizer("adam")).isEqualTo(new Adam(0.001));
        assertThat(Optimizers.optimizer("adam:amsgrad=true,beta1=0.8,beta2=0.9,epsilon=1e-3"))
                .isEqualTo(new Adam(0.001, 0.8, 0.9, 1e-3, true, WeightDecay.NONE));
        assertThat(Optimizers.optimizer("nadam")).isEqualTo(new NAdam(0.002));
    }

    @Test
    void adamwDecaysDecoupledUnlessToldOtherwise() {
        assertThat(Optimizers.optimizer("adamw").decay()).isEqualTo(WeightDecay.decoupled(0.01));
        assertThat(Optimizers.optimizer("adam:weight-decay=0.1").decay()).isEqualTo(WeightDecay.l2(0.1));
        assertThat(Optimizers.optimizer("sgd:weight-decay=0.1,weight-decay-kind=decoupled")
                        .decay())
                .isEqualTo(WeightDecay.decoupled(0.1));
    }

    @Test
    void everyScheduleIsMadeByItsName() {
        for (Named<Optimizers.ScheduleMaker> line : Optimizers.SCHEDULES) {
            for (long steps : new long[] {1, 2, 1000}) {
                assertThat(Optimizers.schedule(line.name(), steps).rate(0.1, 0)).isPositive();
            }
        }
    }

    @Test
    void schedulesAreAsLongAsTheRunLessItsWarmUp() {
        assertThat(Optimizers.schedule("cosine", 100)).isEqualTo(new Schedule.Cosine(100, 0));
        assertThat(Optimizers.schedule("cosine:warm-up=10,minimum=0.5", 100))
                .isEqualTo(new Schedule.WarmUp(10, 0.1, new Schedule.Cosine(90, 0.5)));
        assertThat(Optimizers.schedule("step", 90)).isEqualTo(new Schedule.Stairs(30, 0.1));
        assertThat(Optimizers.schedule("plateau", 90)).isEqualTo(ReduceOnPlateau.STANDARD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            adma                      | did you mean adam?
            adam:beta3=1              | optimizer adam: unknown option 'beta3'
            adam:beta3=1              | did you mean beta
            adam:momentum=0.9         | unknown option 'momentum'
            sgd:momentum=0.9          | expected one of learning-rate
            adam:beta1                | expected option=value, separated by commas, found 'beta1'
            adam:beta1=x              | beta1: expected a number, found 'x'
            adam:beta1=2              | beta1: expected a number from 0 to below 1, found 2.0
            adam:beta1=0.9,beta1=0.8  | found beta1 twice
            adam:amsgrad=yes          | unknown amsgrad 'yes'
            sgd:weight-decay-kind=l3  | did you mean l2?
            """)
    void mistakesNameWhatWasTypedAndWhatIsExpected(String text, String message) {
        assertThatThrownBy(() -> Optimizers.optimizer(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cosin            | did you mean cosine?
            step:evry=5      | did you mean every?
            step:every=1.5   | expected a whole number, found '1.5'
            step:every=0     | found 0
            constant:steps=5 | unknown option 'steps'
            """)
    void mistakesInSchedulesAreToldToo(String text, String message) {
        assertThatThrownBy(() -> Optimizers.schedule(text, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
