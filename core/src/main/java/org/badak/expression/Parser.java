package org.badak.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads an expression by recursive descent:
/// ```
/// sum     = product { ("+" | "-") product }
/// product = signed { ("*" | "/") signed }
/// signed  = ("+" | "-") signed | power
/// power   = atom [ ("^" | "**") signed ]
/// atom    = number | constant | variable | function "(" sum { "," sum } ")" | "(" sum ")"
/// ```
final class Parser {
    private static final int GREATEST_LENGTH = 100_000;
    private static final int GREATEST_DEPTH = 200;
    private static final int GREATEST_VARIABLE = 999;

    private final String text;
    private final Tokens tokens;
    private final Program program = new Program();
    private int depth;
    private boolean plainVariable;
    private int highestVariable = -1;

    Parser(String text) {
        this.text = text;
        this.tokens = new Tokens(text);
    }

    Expression parse() {
        if (text.length() > GREATEST_LENGTH) {
            throw new ExpressionException(
                    text,
                    GREATEST_LENGTH,
                    "The expression has " + text.length() + " characters, at most " + GREATEST_LENGTH
                            + " are read; write it shorter.");
        }
        tokens.advance();
        sum();
        Tokens.Token next = tokens.current();
        if (next.kind() != Tokens.Kind.END) {
            throw unexpectedAfterOperand(next);
        }
        return new Expression(text, program, variables());
    }

    private List<String> variables() {
        List<String> variables = new ArrayList<>();
        if (plainVariable) {
            variables.add("x");
        }
        for (int i = 0; i <= highestVariable; i++) {
            variables.add("x" + i);
        }
        return variables;
    }

    private void sum() {
        product();
        while (tokens.at("+") || tokens.at("-")) {
            Program.Code code = tokens.at("+") ? Program.Code.ADD : Program.Code.SUBTRACT;
            tokens.advance();
            product();
            program.binary(code);
        }
    }

    private void product() {
        signed();
        while (tokens.at("*") || tokens.at("/")) {
            Program.Code code = tokens.at("*") ? Program.Code.MULTIPLY : Program.Code.DIVIDE;
            tokens.advance();
            signed();
            program.binary(code);
        }
    }

    private void signed() {
        enter();
        if (tokens.at("-")) {
            tokens.advance();
            signed();
            program.negate();
        } else if (tokens.at("+")) {
            tokens.advance();
            signed();
        } else {
            power();
        }
        depth--;
    }

    private void power() {
        atom();
        if (tokens.at("^")) {
            tokens.advance();
            int start = program.length();
            signed();
            program.power(start);
        }
    }

    private void enter() {
        if (++depth > GREATEST_DEPTH) {
            throw error(
                    tokens.current(),
                    "The expression is nested more than " + GREATEST_DEPTH
                            + " deep here; write it with fewer parentheses, signs or powers inside each other.");
        }
    }

    private void atom() {
        Tokens.Token token = tokens.current();
        switch (token.kind()) {
            case NUMBER -> {
                program.constant(token.value());
                tokens.advance();
            }
            case NAME -> {
                tokens.advance();
                name(token);
            }
            case SIGN, END -> {
                if (!tokens.at("(")) {
                    throw error(
                            token,
                            "Found " + token.described() + ", expected a number, a variable, a function or \"(\".");
                }
                tokens.advance();
                sum();
                close("\")\" for the \"(\" at position " + (token.position() + 1));
            }
        }
    }

    private void name(Tokens.Token token) {
        String name = token.text().toLowerCase(Locale.ROOT);
        if (Names.isVariable(name)) {
            variable(token, name);
        } else if (name.equals("pi")) {
            program.constant(Math.PI);
        } else if (name.equals("e")) {
            program.constant(Math.E);
        } else if (Function.names().contains(name)) {
            call(token, Function.valueOf(name.toUpperCase(Locale.ROOT)));
        } else {
            throw error(
                    token,
                    "Found the unknown name \"" + token.text() + "\", expected a variable (x, or x0, x1, …), "
                            + "a constant (pi, e) or a function (" + String.join(", ", Function.names()) + ")."
                            + Names.suggestion(name));
        }
    }

    private void variable(Tokens.Token token, String name) {
        if (name.equals("x")) {
            plainVariable = true;
        } else {
            String digits = name.startsWith("x_") ? name.substring(2) : name.substring(1);
            int index = digits.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(digits);
            if (index > GREATEST_VARIABLE) {
                throw error(
                        token,
                        "Found the variable \"" + token.text() + "\", expected x0 to x" + GREATEST_VARIABLE
                                + "; number the variables from 0.");
            }
            highestVariable = Math.max(highestVariable, index);
            program.variable(index);
        }
        if (plainVariable && highestVariable >= 0) {
            throw error(
                    token,
                    "Found \"" + token.text() + "\", but the expression also uses "
                            + (name.equals("x") ? "x" + highestVariable : "x")
                            + "; write either x alone or x0, x1, ….");
        }
        if (name.equals("x")) {
            program.variable(0);
        }
    }

    private void call(Tokens.Token token, Function function) {
        String name = function.lowerCaseName();
        if (!tokens.at("(")) {
            throw error(
                    tokens.current(),
                    "Found " + tokens.current().described() + " after \"" + name + "\", expected \"(\": write " + name
                            + (function.arguments() == 2 ? "(a, b)." : "(x)."));
        }
        tokens.advance();
        int given = 1;
        sum();
        while (tokens.at(",")) {
            if (given == function.arguments()) {
                throw error(
                        tokens.current(),
                        "Found \",\", expected \")\": " + name + " takes " + arguments(function) + ".");
            }
            given++;
            tokens.advance();
            sum();
        }
        if (given < function.arguments()) {
            throw error(
                    tokens.current(),
                    "Found " + tokens.current().described() + " after " + given + " argument, expected \",\": " + name
                            + " takes " + arguments(function) + ".");
        }
        close("\")\" for \"" + token.text() + "(\" at position " + (token.position() + 1));
        program.call(function);
    }

    private static String arguments(Function function) {
        return function.arguments() == 1 ? "1 argument" : function.arguments() + " arguments";
    }

    private void close(String expected) {
        if (!tokens.at(")")) {
            Tokens.Token found = tokens.current();
            if (found.startsOperand()) {
                throw unexpectedAfterOperand(found);
            }
            throw error(found, "Found " + found.described() + ", expected an operator or " + expected + ".");
        }
        tokens.advance();
    }

    private ExpressionException unexpectedAfterOperand(Tokens.Token found) {
        if (found.startsOperand()) {
            return error(
                    found,
                    "Found " + found.described()
                            + " right after another operand, expected an operator: a product needs its \"*\", write 2*x and "
                            + "x*(x+1), not 2x and x(x+1).");
        }
        String hint = found.text().equals(")") ? ": this \")\" has no \"(\" before it" : "";
        return error(found, "Found " + found.described() + ", expected an operator or the end" + hint + ".");
    }

    private ExpressionException error(Tokens.Token token, String explanation) {
        return new ExpressionException(text, token.position(), explanation);
    }
}
