package org.badak.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The functions that an expression may call.
enum Function {
    EXP(1),
    LOG(1),
    LN(1),
    SQRT(1),
    SIN(1),
    COS(1),
    TAN(1),
    TANH(1),
    SINH(1),
    COSH(1),
    SIGMOID(1),
    RELU(1),
    ABS(1),
    STEP(1),
    FLOOR(1),
    MIN(2),
    MAX(2),
    POW(2);

    private final int arguments;

    Function(int arguments) {
        this.arguments = arguments;
    }

    int arguments() {
        return arguments;
    }

    String lowerCaseName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Names of all functions.
    static List<String> names() {
        return Arrays.stream(values()).map(Function::lowerCaseName).toList();
    }

    /// Value at a, or at (a, b) for functions of two arguments.
    double apply(double a, double b) {
        return switch (this) {
            case EXP -> Math.exp(a);
            case LOG, LN -> Math.log(a);
            case SQRT -> Math.sqrt(a);
            case SIN -> Math.sin(a);
            case COS -> Math.cos(a);
            case TAN -> Math.tan(a);
            case TANH -> Math.tanh(a);
            case SINH -> Math.sinh(a);
            case COSH -> Math.cosh(a);
            case SIGMOID -> sigmoid(a);
            case RELU -> a > 0 || Double.isNaN(a) ? a : 0;
            case ABS -> Math.abs(a);
            case STEP -> Double.isNaN(a) ? a : a > 0 ? 1 : 0;
            case FLOOR -> Math.floor(a);
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case POW -> Math.pow(a, b);
        };
    }

    /// 1 / (1 + e^−a), by the form that does not overflow.
    private static double sigmoid(double a) {
        if (a >= 0) {
            return 1 / (1 + Math.exp(-a));
        }
        double e = Math.exp(a);
        return e / (1 + e);
    }
}
