package org.badak.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Numbers as text, the same in every locale and without `String.format`, whose first call is slow.
final class Numbers {
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private Numbers() {}

    /// A coordinate with at most two decimals and no trailing zeros.
    static void coordinate(StringBuilder out, double value) {
        long hundredths = Math.round(value * 100);
        if (hundredths < 0) {
            out.append('-');
            hundredths = -hundredths;
        }
        out.append(hundredths / 100);
        long rest = hundredths % 100;
        if (rest != 0) {
            out.append('.').append(rest / 10);
            if (rest % 10 != 0) {
                out.append(rest % 10);
            }
        }
    }

    /// A coordinate with at most two decimals and no trailing zeros.
    static String coordinate(double value) {
        StringBuilder out = new StringBuilder();
        coordinate(out, value);
        return out.toString();
    }

    /// A tick of a linear axis whose ticks are `step` apart.
    static String tick(double value, double step, double largest) {
        if (value == 0) {
            return "0";
        }
        int stepExponent = exponent(step);
        if (largest >= 1e6 || largest < 1e-3) {
            int exponent = exponent(value);
            int digits = Math.clamp(exponent - stepExponent, 0, 15);
            BigDecimal mantissa = new BigDecimal(value)
                    .movePointLeft(exponent)
                    .setScale(digits, RoundingMode.HALF_EVEN)
                    .stripTrailingZeros();
            if (mantissa.abs().compareTo(BigDecimal.TEN) >= 0) {
                mantissa = mantissa.movePointLeft(1).stripTrailingZeros();
                exponent++;
            }
            return minus(mantissa.toPlainString()) + "×" + power(exponent);
        }
        return minus(grouped(new BigDecimal(value)
                .setScale(Math.max(0, -stepExponent), RoundingMode.HALF_EVEN)
                .toPlainString()));
    }

    /// 10 with a superscript exponent.
    static String power(int exponent) {
        StringBuilder out = new StringBuilder("10");
        if (exponent < 0) {
            out.append('⁻');
        }
        for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
            out.append(SUPERSCRIPTS.charAt(digit - '0'));
        }
        return out.toString();
    }

    /// A value with `digits` significant digits, for tables and notes.
    static String significant(double value, int digits) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
        }
        if (value == 0) {
            return "0";
        }
        int exponent = exponent(value);
        if (exponent < -4 || exponent >= 7) {
            return tick(value, Math.pow(10, exponent - digits + 1.0), 0);
        }
        return minus(grouped(new BigDecimal(value)
                .setScale(Math.max(0, digits - 1 - exponent), RoundingMode.HALF_EVEN)
                .toPlainString()));
    }

    /// A whole number in groups of three.
    static String count(long value) {
        return minus(grouped(Long.toString(value)));
    }

    /// floor(log10 |value|), exact at powers of ten up to rounding of the logarithm.
    static int exponent(double value) {
        return (int) Math.floor(Math.log10(Math.abs(value)) + 1e-9);
    }

    private static String grouped(String plain) {
        int point = plain.indexOf('.');
        int end = point < 0 ? plain.length() : point;
        int start = plain.startsWith("-") ? 1 : 0;
        if (end - start <= 4) {
            return plain;
        }
        StringBuilder out = new StringBuilder(plain);
        for (int i = end - 3; i > start; i -= 3) {
            out.insert(i, ',');
        }
        return out.toString();
    }

    private static String minus(String text) {
        return text.startsWith("-") ? "−" + text.substring(1) : text;
    }
}
