package org.badak.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An expression in postfix order, run on a small stack: no recursion, whatever the length of the expression.
final class Program {
    /// What one instruction does; `operand` is its number.
    enum Code {
        /// Pushes constant number `operand`.
        CONSTANT,
        /// Pushes x[operand].
        VARIABLE,
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        NEGATE,
        /// a^b by [Math#pow].
        POWER,
        /// a^operand by multiplication.
        WHOLE_POWER,
        /// Calls `functions[operand]`.
        CALL
    }

    /// Largest exponent that is done by multiplication.
    static final int GREATEST_WHOLE_POWER = 16;

    private Code[] codes = new Code[16];
    private int[] operands = new int[16];
    private int length;
    private double[] constants = new double[8];
    private int constantCount;
    private final List<Function> functions = new ArrayList<>();
    private int depth;
    private int greatestDepth;

    void constant(double value) {
        if (constantCount == constants.length) {
            constants = Arrays.copyOf(constants, 2 * constantCount);
        }
        constants[constantCount] = value;
        add(Code.CONSTANT, constantCount++, 1);
    }

    void variable(int index) {
        add(Code.VARIABLE, index, 1);
    }

    void call(Function function) {
        functions.add(function);
        add(Code.CALL, functions.size() - 1, 1 - function.arguments());
    }

    void binary(Code code) {
        add(code, 0, -1);
    }

    /// Negates what the last instructions give; a number is negated at once.
    void negate() {
        if (codes[length - 1] == Code.CONSTANT) {
            int constant = operands[length - 1];
            constants[constant] = -constants[constant];
        } else {
            add(Code.NEGATE, 0, 0);
        }
    }

    /// Raises to a power. A small whole exponent becomes multiplications, as in NumPy's `x**2`: x·x is rounded once,
    /// which `Math.pow` does not promise.
    ///
    /// @param exponentStart [#length] before the exponent's instructions were added
    void power(int exponentStart) {
        boolean single = length == exponentStart + 1 && codes[exponentStart] == Code.CONSTANT;
        double exponent = single ? constants[operands[exponentStart]] : Double.NaN;
        if (exponent == Math.rint(exponent) && Math.abs(exponent) <= GREATEST_WHOLE_POWER) {
            length--;
            depth--;
            add(Code.WHOLE_POWER, (int) exponent, 0);
        } else {
            binary(Code.POWER);
        }
    }

    int length() {
        return length;
    }

    private void add(Code code, int operand, int change) {
        if (length == codes.length) {
            codes = Arrays.copyOf(codes, 2 * length);
            operands = Arrays.copyOf(operands, 2 * length);
        }
        codes[length] = code;
        operands[length++] = operand;
        depth += change;
        greatestDepth = Math.max(greatestDepth, depth);
    }

    double run(double[] x) {
        double[] stack = new double[greatestDepth];
        int top = -1;
        for (int i = 0; i < length; i++) {
            switch (codes[i]) {
                case CONSTANT -> stack[++top] = constants[operands[i]];
                case VARIABLE -> stack[++top] = x[operands[i]];
                case NEGATE -> stack[top] = -stack[top];
                case WHOLE_POWER -> stack[top] = wholePower(stack[top], operands[i]);
                case ADD -> {
                    top--;
                    stack[top] += stack[top + 1];
                }
                case SUBTRACT -> {
                    top--;
                    stack[top] -= stack[top + 1];
                }
                case MULTIPLY -> {
                    top--;
                    stack[top] *= stack[top + 1];
                }
                case DIVIDE -> {
                    top--;
                    stack[top] /= stack[top + 1];
                }
                case POWER -> {
                    top--;
                    stack[top] = Math.pow(stack[top], stack[top + 1]);
                }
                case CALL -> {
                    Function function = functions.get(operands[i]);
                    top -= function.arguments() - 1;
                    stack[top] = function.apply(stack[top], function.arguments() == 2 ? stack[top + 1] : 0);
                }
            }
        }
        return stack[0];
    }

    private static double wholePower(double a, int exponent) {
        double product = 1;
        for (int i = Math.abs(exponent); i > 0; i--) {
            product *= a;
        }
        return exponent < 0 ? 1 / product : product;
    }
}
