package org.badak.expression;

import java.util.List;

/// A function of numbers typed by a user, as `0.01*x^2 + 0.1*x` or `x0^2 + x1^2`.
///
/// - Variables: `x`, or `x0`, `x1`, … (`x_0` is `x0`). A function that names x2 has three variables.
/// - Numbers: `2`, `0.01`, `1e-4`. Constants: `pi`, `e`.
/// - Operators, from the weakest: `+ −`, `* /`, the sign, `^` (also written `**`), which groups from the right:
///   −x^2 is −(x^2) and 2^3^2 is 2^(3^2). There is no multiplication without its sign: write `2*x`.
/// - Functions: exp, log and ln (natural), sqrt, sin, cos, tan, sinh, cosh, tanh, sigmoid, relu, abs, step (1 above 0,
///   else 0), floor, min(a, b), max(a, b), pow(a, b).
///
/// Values are float64, and `x^2` is x·x as in NumPy: these are the very rounding errors that numerical differentiation
/// is about, so nothing may hide or add any (docs/decisions/0004).
public final class Expression {
    private final String text;
    private final Program program;
    private final List<String> variables;

    Expression(String text, Program program, List<String> variables) {
        this.text = text;
        this.program = program;
        this.variables = List.copyOf(variables);
    }

    /// Reads an expression.
    ///
    /// @throws ExpressionException if the text is not an expression; its message says where and why
    public static Expression parse(String text) {
        return new Parser(text).parse();
    }

    /// The value at x. A function without variables takes any number of arguments.
    ///
    /// @param x one value per variable, in the order of [#variables]
    /// @throws IllegalArgumentException if there are not as many values as variables
    public double evaluate(double... x) {
        if (x.length != variables.size() && !variables.isEmpty()) {
            throw new IllegalArgumentException("\"" + text + "\" has " + variables.size() + " variables " + variables
                    + ", but got " + x.length + " values; give one value for each.");
        }
        return program.run(x);
    }

    /// Names of the variables: empty, `[x]`, or `[x0, x1, …]` up to the highest one named.
    public List<String> variables() {
        return variables;
    }

    /// Number of variables.
    public int arity() {
        return variables.size();
    }

    /// The text it was read from.
    @Override
    public String toString() {
        return text;
    }
}
