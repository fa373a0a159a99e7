package org.badak.expression;

/// The words of an expression, one at a time. Letters and digits are those of ASCII only.
final class Tokens {
    private final String text;
    private int next;
    private Token current = new Token(Kind.END, "", 0, 0);

    /// What a token is.
    enum Kind {
        NUMBER,
        NAME,
        SIGN,
        END
    }

    /// One word.
    ///
    /// @param value of a number
    record Token(Kind kind, String text, int position, double value) {
        boolean startsOperand() {
            return kind == Kind.NUMBER || kind == Kind.NAME || text.equals("(");
        }

        String described() {
            if (kind == Kind.END) {
                return "the end of the expression";
            }
            return "\"" + (text.length() <= 40 ? text : text.substring(0, 40) + "…") + "\"";
        }
    }

    Tokens(String text) {
        this.text = text;
    }

    Token current() {
        return current;
    }

    /// Whether the current token is this sign.
    boolean at(String sign) {
        return current.kind() == Kind.SIGN && current.text().equals(sign);
    }

    /// Reads the next token.
    void advance() {
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        int start = next;
        if (start == text.length()) {
            current = new Token(Kind.END, "", start, 0);
            return;
        }
        char c = text.charAt(start);
        if (isDigit(c) || c == '.') {
            current = number(start);
        } else if (isLetter(c)) {
            while (next < text.length() && (isLetter(text.charAt(next)) || isDigit(text.charAt(next)))) {
                next++;
            }
            current = new Token(Kind.NAME, text.substring(start, next), start, 0);
        } else {
            current = new Token(Kind.SIGN, sign(c, start), start, 0);
        }
    }

    private String sign(char c, int start) {
        next++;
        if (c == '*' && next < text.length() && text.charAt(next) == '*') {
            next++;
            return "^";
        }
        return switch (c) {
            case '+', '-', '*', '/', '^', '(', ')', ',' -> String.valueOf(c);
            case '−', '–' -> "-";
            case '×', '·' -> "*";
            default -> {
                String found = Character.toString(text.codePointAt(start));
                throw new ExpressionException(
                        text,
                        start,
                        "Found \"" + found + "\", which means nothing here; expected "
                                + "numbers, variables, functions, + - * / ^ and parentheses." + advice(c));
            }
        };
    }

    private static String advice(char c) {
        return switch (c) {
            case '²' -> " Write ^2 for a square.";
            case '³' -> " Write ^3 for a cube.";
            case '[', '{', ']', '}' -> " Write round parentheses.";
            case '=' -> " Write only the right side of the equation.";
            case '÷', ':' -> " Write / for a division.";
            case '₀', '₁', '₂', '₃' -> " Write x0, x1, … for numbered variables.";
            default -> "";
        };
    }

    private Token number(int start) {
        digits();
        if (next < text.length() && text.charAt(next) == '.') {
            next++;
            digits();
        }
        if (next < text.length() && (text.charAt(next) == 'e' || text.charAt(next) == 'E')) {
            int sign = next + 1;
            boolean signed = sign < text.length() && (text.charAt(sign) == '+' || text.charAt(sign) == '-');
            int first = signed ? sign + 1 : sign;
            if (first < text.length() && isDigit(text.charAt(first))) {
                next = first;
                digits();
            }
        }
        String word = text.substring(start, next);
        if (next < text.length() && text.charAt(next) == '.' || word.equals(".")) {
            throw new ExpressionException(
                    text,
                    start,
                    "Found \"" + word + (word.equals(".") ? "" : ".") + "\", expected a number such as 0.01 or 1e-4.");
        }
        double value = Double.parseDouble(word);
        if (Double.isInfinite(value)) {
            throw new ExpressionException(
                    text,
                    start,
                    "Found the number " + word + ", which is larger than any float64; expected at most 1.797e308.");
        }
        return new Token(Kind.NUMBER, word, start, value);
    }

    private void digits() {
        while (next < text.length() && isDigit(text.charAt(next))) {
            next++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }
}
