//JAVA 25+
//DEPS org.badak:badak-bom:0.1.0-SNAPSHOT@pom org.badak:badak-core org.badak:badak-simd
//RUNTIME_OPTIONS --add-modules jdk.incubator.vector

// Chapter 4.3: numerical differentiation (수치 미분).
//
// The slope of a function from two of its values, and what rounding does to it when h gets too small.

import static org.badak.gradient.NumericalDifferentiation.Formula;
import static org.badak.gradient.NumericalDifferentiation.derivative;
import static org.badak.gradient.NumericalDifferentiation.derivativeInFloat32;
import static org.badak.gradient.NumericalDifferentiation.partial;
import static org.badak.gradient.NumericalDifferentiation.tangent;

double function1(double x) {
    return 0.01 * (x * x) + 0.1 * x;
}

double function2(double[] x) {
    return x[0] * x[0] + x[1] * x[1];
}

void main() {
    // central difference (중앙 차분) with h = 1e-4; exact: 0.2 and 0.3
    IO.println("f'(5)  = " + derivative(this::function1, 5));
    IO.println("f'(10) = " + derivative(this::function1, 10));

    // the tangent (접선) at 5
    IO.println("tangent at 5, at x = 0: " + tangent(this::function1, 5).applyAsDouble(0));

    // partial derivatives (편미분) of x0^2 + x1^2 at (3, 4); exact: 6 and 8
    IO.println("df/dx0 = " + partial(this::function2, new double[] {3, 4}, 0));
    IO.println("df/dx1 = " + partial(this::function2, new double[] {3, 4}, 1));

    // truncation error (절단 오차) against rounding error (반올림 오차): over h the forward difference's error is a V,
    // lowest near 1e-8; the central difference of a parabola has no truncation error, so a larger h is better
    IO.println("     h   forward    central");
    for (int power = 1; power <= 16; power++) {
        double h = Math.pow(10, -power);
        double forward = Math.abs(Formula.FORWARD.derivative(this::function1, 5, h) - 0.2);
        double central = Math.abs(Formula.CENTRAL.derivative(this::function1, 5, h) - 0.2);
        IO.println(String.format(Locale.ROOT, "1e-%02d   %.1e    %.1e", power, forward, central));
    }

    // in float32 (단정밀도) h = 1e-50 is 0, and 0/0 is no number
    IO.println("float32, h = 1e-4:  " + derivativeInFloat32(x -> 0.01f * x * x + 0.1f * x, 5, 1e-4));
    IO.println("float32, h = 1e-50: " + derivativeInFloat32(x -> 0.01f * x * x + 0.1f * x, 5, 1e-50));
}
