package org.badak.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.badak.data.DataLocations;
import org.badak.data.Json;
import org.junit.jupiter.api.Test;

/// What the rooms of the chapter compute: figures that can be checked on paper.
class RoomsTest {
    /// No MNIST here: some generated digits serve, on every machine.
    static final Material DIGITS = new Material(new DataLocations(List.of(), Path.of("target", "no-data")), 6000, 1000);

    static final Tables TABLES =
            new Tables(new DataLocations(List.of(TestTables.folder()), Path.of("target", "no-data")));

    static Map<String, Json> ask(Room room, String question) {
        return room.answer(Question.parse(question)).values();
    }

    static double number(Map<String, Json> answer, String name) {
        return Double.parseDouble(((Json.Numeral) answer.get(name)).digits());
    }

    static double[] numbers(Json items) {
        return ((Json.Items) items)
                .values().stream()
                        .mapToDouble(each -> Double.parseDouble(((Json.Numeral) each).digits()))
                        .toArray();
    }

    static String text(Map<String, Json> answer, String name) {
        return ((Json.Text) answer.get(name)).value();
    }

    @Test
    void lossesAreThoseOfTheBook() {
        Map<String, Json> answer = ask(new LossRoom(), "{\"right\":2,\"p\":0.6}");

        assertThat(number(answer, "squared")).isCloseTo(0.0975, within(1e-12));
        assertThat(number(answer, "entropy")).isCloseTo(0.510825457099338, within(1e-12));
        assertThat(numbers(answer.get("y")))
                .containsExactly(new double[] {0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0}, within(1e-15));
    }

    @Test
    void probabilitiesAddUpToOneWhateverIsDragged() {
        for (double p : new double[] {0, 0.01, 0.5, 1}) {
            double[] y =
                    numbers(ask(new LossRoom(), "{\"right\":7,\"p\":" + p + "}").get("y"));

            assertThat(java.util.Arrays.stream(y).sum()).isCloseTo(1, within(1e-12));
            assertThat(y[7]).isEqualTo(p);
        }
    }

    @Test
    void derivativeOfTheBooksFunctionIsTheBooks() {
        Map<String, Json> answer = ask(
                new DerivativeRoom(),
                "{\"function\":\"0.01*x^2 + 0.1*x\",\"x\":5,\"logH\":-4,\"formula\":\"CENTRAL\"}");

        assertThat(number(answer, "slope")).isCloseTo(0.2, within(1e-9));
        assertThat(number(answer, "exact")).isCloseTo(0.2, within(1e-13));
        assertThat(number(answer, "value")).isCloseTo(0.75, within(1e-15));
    }

    @Test
    void errorOverHIsLowestBetweenTheEnds() {
        double[] errors = numbers(
                ask(new DerivativeRoom(), "{\"function\":\"exp(x)\",\"x\":1,\"logH\":-4,\"formula\":\"CENTRAL\"}")
                        .get("central"));
        double least = java.util.Arrays.stream(errors).min().orElseThrow();

        assertThat(errors[0]).isGreaterThan(1e6 * least);
        assertThat(errors[errors.length - 1]).isGreaterThan(1e6 * least);
    }

    @Test
    void tooLargeARateDivergesAndTooSmallHardlyMoves() {
        String form = "{\"function\":\"x0^2+x1^2\",\"reach\":4,\"start\":[-3,4],\"steps\":100,\"rate\":%s}";

        assertThat(text(ask(new DescentRoom(), form.formatted("0.1")), "verdict"))
                .isEqualTo("converged");
        assertThat(text(ask(new DescentRoom(), form.formatted("10")), "verdict"))
                .isEqualTo("diverged");
        assertThat(text(ask(new DescentRoom(), form.formatted("1e-10")), "verdict"))
                .isEqualTo("hardly-moved");
    }

    @Test
    void gradientAtAPointIsTwiceThePoint() {
        Map<String, Json> answer = ask(
                new DescentRoom(), "{\"function\":\"x0^2+x1^2\",\"reach\":4,\"start\":[3,4],\"steps\":1,\"rate\":0.1}");

        assertThat(numbers(answer.get("gradient"))).containsExactly(new double[] {6, 8}, within(1e-8));
        assertThat(numbers(answer.get("end"))).containsExactly(new double[] {2.4, 3.2}, within(1e-8));
    }

    @Test
    void accuracyIsFlatWhereTheLossMoves() {
        Map<String, Json> answer = ask(new AccuracyRoom(DIGITS), "{\"weight\":1,\"t\":0}");

        assertThat(number(answer, "flat")).isGreaterThan(0.7);
        assertThat(number(answer, "flatLoss")).isLessThan(0.05);
        assertThat(number(answer, "accuracy")).isGreaterThan(0.5);
    }

    @Test
    void stepTakenApartIsTheTrainersToTheBit() {
        StepRoom room = new StepRoom(DIGITS);
        Map<String, Json> first = ask(room, "{\"do\":\"begin\",\"images\":3,\"rate\":0.5}");
        Map<String, Json> second = ask(room, "{\"do\":\"next\",\"images\":3,\"rate\":0.5}");

        assertThat(number(first, "trainerLoss")).isEqualTo(number(first, "loss"));
        assertThat(number(second, "trainerLoss")).isEqualTo(number(second, "loss"));
        assertThat(number(second, "step")).isEqualTo(2);
        assertThat(number(first, "weightAfter"))
                .isCloseTo(number(first, "weightBefore") - 0.5 * number(first, "weightGradient"), within(1e-7));
        double[] h = numbers(first.get("unitOutputs"));
        double[] d = numbers(first.get("outputGradients"));
        assertThat(h[0] * d[0] + h[1] * d[1] + h[2] * d[2]).isCloseTo(number(first, "weightGradient"), within(1e-6));
        assertThat(number(first, "lossAfter")).isLessThan(number(first, "loss"));
    }

    @Test
    void raceEndsInAgreement() throws InterruptedException {
        Heard heard = new Heard();
        ask(new GradientRoom(DIGITS, heard), "{\"do\":\"start\",\"units\":1,\"images\":2}");

        Map<String, Json> last = heard.until("finished");
        assertThat(number(last, "done")).isEqualTo(number(last, "parameters")).isEqualTo(784 + 1 + 10 + 10);
        assertThat(number(last, "difference")).isLessThan(1e-8);
        assertThat(number(last, "structuredDifference")).isLessThan(1e-8);
        assertThat(number(last, "steepest")).isGreaterThan(1e-3);
    }

    @Test
    void curvesOfOverfittingComeWhileItTrains() throws InterruptedException {
        Heard heard = new Heard();
        Map<String, Json> started = ask(
                new OverfittingRoom(DIGITS, heard),
                "{\"do\":\"start\",\"images\":50,\"epochs\":3,\"cures\":[\"dropout\"],\"dropout\":0.2,\"decay\":0}");

        heard.until("finished");
        assertThat(started.get("courses")).isEqualTo(Json.of(List.of("plain", "dropout")));
        assertThat(heard.all.stream()
                        .filter(event -> event.containsKey("course"))
                        .map(event -> text(event, "course") + " " + number(event, "epoch"))
                        .toList())
                .containsExactly(
                        "plain 0.0",
                        "plain 1.0",
                        "plain 2.0",
                        "plain 3.0",
                        "dropout 0.0",
                        "dropout 1.0",
                        "dropout 2.0",
                        "dropout 3.0");
    }

    @Test
    void mistakesInQuestionsSayWhatWasFoundAndExpected() {
        assertThatThrownBy(() -> ask(new LossRoom(), "{\"right\":2,\"p\":1.5}"))
                .hasMessageContaining("p: expected a number from 0.0 to 1.0, found 1.5");
        assertThatThrownBy(() -> ask(new LossRoom(), "{\"right\":2.5,\"p\":0}"))
                .hasMessageContaining("right: expected a whole number from 0 to 9, found 2.5");
        assertThatThrownBy(() -> ask(new LossRoom(), "[]")).hasMessageContaining("expected a JSON object");
        assertThatThrownBy(() -> ask(new LossRoom(), "{")).hasMessageContaining("question");
        assertThatThrownBy(() -> ask(
                        new DerivativeRoom(), "{\"function\":\"x0*x1\",\"x\":1,\"logH\":-4,\"formula\":\"CENTRAL\"}"))
                .hasMessageContaining("expected one variable");
        assertThatThrownBy(() -> ask(
                        new DescentRoom(), "{\"function\":\"x^2\",\"reach\":1,\"start\":[0,0],\"rate\":1,\"steps\":1}"))
                .hasMessageContaining("two variables");
    }

    /// Keeps all events.
    static final class Heard implements Broadcast {
        final List<Map<String, Json>> all = new java.util.concurrent.CopyOnWriteArrayList<>();
        private final BlockingQueue<Map<String, Json>> events = new LinkedBlockingQueue<>();

        @Override
        public void send(String event, Json.Members data) {
            all.add(data.values());
            events.add(data.values());
        }

        @Override
        public boolean isHeard() {
            return true;
        }

        /// The first event whose member is true.
        Map<String, Json> until(String member) throws InterruptedException {
            while (true) {
                Map<String, Json> event = events.poll(60, TimeUnit.SECONDS);
                assertThat(event).as("an event with %s", member).isNotNull().doesNotContainKey("error");
                if (event.get(member) == Json.Word.TRUE) {
                    return event;
                }
            }
        }
    }
}
