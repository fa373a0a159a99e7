package org.badak.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

    private static double value(String text, double... x) {
        return Expression.parse(text).evaluate(x);
    }

    private static double centralDifference(String text, double x) {
        Expression f = Expression.parse(text);
        double h = 1e-4;
        return (f.evaluate(x + h) - f.evaluate(x - h)) / (2 * h);
    }

    private static ExpressionException refused(String text) {
        ExpressionException refusal = catchThrowableOfType(ExpressionException.class, () -> Expression.parse(text));
        assertThat(refusal).as(text).isNotNull();
        return refusal;
    }

    @Test
    void centralDifferencesOfTheChapterComeOutToTheLastBit() {
        for (String text : List.of("0.01*x^2+0.1*x", "0.01*x**2 + 0.1*x")) {
            assertThat(centralDifference(text, 5)).isEqualTo(0.1999999999990898);
            assertThat(centralDifference(text, 10)).isEqualTo(0.2999999999986347);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1+2*3; 7",
                "(1+2)*3; 9",
                "2^3^2; 512",
                "-2^2; -4",
                "2^-1; 0.5",
                "-2^-2; -0.25",
                "8/4/2; 1",
                "1-2-3; -4",
                "2*-3; -6",
                "--2; 2",
                "+2; 2",
                "1e-4; 1e-4",
                "2.5E+3; 2500",
                ".5; 0.5",
                "5.; 5",
                "2**3; 8",
                "2×3−1·1; 5",
                "pow(2, 10); 1024",
                "min(2, -3); -3",
                "max(2, -3); 2",
                "abs(-2); 2",
                "floor(-1.5); -2",
                "relu(-1); 0",
                "relu(2); 2",
                "step(0); 0",
                "step(0.1); 1",
                "sqrt(16); 4",
                "exp(0); 1",
                "log(e); 1",
                "ln(e^2); 2",
                "sin(0); 0",
                "cos(pi); -1",
                "tan(0); 0",
                "tanh(0); 0",
                "sinh(0); 0",
                "cosh(0); 1",
                "sigmoid(0); 0.5",
                "SIN(0); 0",
                "sigmoid(-1000); 0",
                "sigmoid(1000); 1",
                "2^0.5; 1.4142135623730951",
                "2^17; 131072"
            })
    void valuesAreThoseOfMathematics(String text, double expected) {
        assertThat(value(text)).isEqualTo(expected);
    }

    @Test
    void smallWholePowersAreProducts() {
        double x = 1.1;
        assertThat(value("x^2", x)).isEqualTo(x * x);
        assertThat(value("x^3", x)).isEqualTo(x * x * x);
        assertThat(value("x^-2", x)).isEqualTo(1 / (x * x));
        assertThat(value("(x)^0", 0)).isEqualTo(1);
        assertThat(value("-x^2", x)).isEqualTo(-(x * x));
        assertThat(value("x^x", x)).isEqualTo(Math.pow(x, x));
    }

    @Test
    void variablesAreNumberedFromZero() {
        Expression f = Expression.parse("x0^2 + x_2");
        assertThat(f.variables()).containsExactly("x0", "x1", "x2");
        assertThat(f.arity()).isEqualTo(3);
        assertThat(f.evaluate(3, 99, 1)).isEqualTo(10);
        assertThat(Expression.parse("x+x").variables()).containsExactly("x");
        assertThat(Expression.parse("3").arity()).isZero();
        assertThat(value("3", 1, 2)).isEqualTo(3);
    }

    @Test
    void wrongNumberOfValuesIsRefused() {
        assertThatThrownBy(() -> value("x0+x1", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 variables")
                .hasMessageContaining("1 values");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "2x; 1; write 2*x",
                "x(x+1); 1; write 2*x",
                "(x)(x); 3; write 2*x",
                "2 3; 2; write 2*x",
                "2e; 1; write 2*x",
                "sinn(x); 0; Did you mean \"sin\"?",
                "sqtr(x); 0; Did you mean \"sqrt\"?",
                "y^2; 0; Did you mean \"x\"?",
                "1 + ; 3; the end of the expression",
                "1 + * 2; 4; expected a number",
                "(1+2; 4; expected an operator or \")\" for the \"(\" at position 1",
                "1+2); 3; no \"(\" before it",
                "sin x; 4; write sin(x)",
                "sin; 3; expected \"(\"",
                "pow(2); 5; takes 2 arguments",
                "sin(1,2); 5; takes 1 argument",
                "x + x0; 4; either x alone or x0",
                "x0 + x; 5; either x alone or x0",
                "x1000; 0; x999",
                "x99999999999; 0; x999",
                "x²; 1; Write ^2",
                "f = x; 2; only the right side",
                "[x]; 0; round parentheses",
                "1.2.3; 0; expected a number such as",
                ".; 0; expected a number such as",
                "1e999; 0; larger than any float64",
                "x１; 1; means nothing here",
                "(); 1; expected a number",
                ",; 0; expected a number"
            })
    void errorsSayWhereAndWhatToWrite(String text, int position, String words) {
        ExpressionException refusal = refused(text);
        assertThat(refusal.position()).isEqualTo(position);
        assertThat(refusal).hasMessageContaining(words).hasMessageContaining("ound");
        String[] lines = refusal.getMessage().split("\n");
        assertThat(lines[0]).isEqualTo(text);
        assertThat(lines[1]).isEqualTo(" ".repeat(position) + "^");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void emptyTextIsRefused(String text) {
        assertThat(refused(text)).hasMessageContaining("the end of the expression");
    }

    @Test
    void deepNestingIsAnErrorAndNotAStackOverflow() {
        for (String opening : List.of("(", "-", "sin(", "2^", "-(")) {
            String text = opening.repeat(100_000 / opening.length());
            assertThat(refused(text)).hasMessageContaining("nested more than 200");
        }
        assertThat(value("(".repeat(150) + "x" + ")".repeat(150), 7)).isEqualTo(7);
    }

    @Test
    void longSumsAreEvaluatedWithoutRecursion() {
        assertThat(value("x" + "+x".repeat(49_000), 1)).isEqualTo(49_001);
        assertThat(refused("1" + "+1".repeat(60_000))).hasMessageContaining("at most 100000");
    }

    @Test
    void longTextIsShownAroundTheError() {
        String message = refused("1+".repeat(100) + "$" + "+1".repeat(100)).getMessage();
        String[] lines = message.split("\n");
        assertThat(lines[0]).startsWith("…").endsWith("…").hasSizeLessThan(80);
        assertThat(lines[0].charAt(lines[1].indexOf('^'))).isEqualTo('$');
    }

    @Test
    void controlCharactersNeverReachTheTerminal() {
        assertThat(refused("x + \u001B[31m").getMessage().split("\n")[0]).isEqualTo("x + ?[31m");
    }
}
