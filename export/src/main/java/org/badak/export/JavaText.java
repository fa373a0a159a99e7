package org.badak.export;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/// Values as Java source writes them, in ASCII: javac before JDK 18 reads files in the encoding of its machine.
final class JavaText {
    private static final int LINE = 75; // bytes, 100 characters
    private static final int LINES = 592; // of a constant, which may have 65,535 bytes; whole floats

    private JavaText() {}

    /// A string literal.
    static String quoted(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                default -> {
                    if (c < ' ' || c > '~') {
                        literal.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        literal.append(c);
                    }
                }
            }
        }
        return literal.append('"').toString();
    }

    /// String literals, separated by commas.
    static String quoted(List<String> texts) {
        StringJoiner literals = new StringJoiner(", ");
        texts.forEach(text -> literals.add(quoted(text)));
        return literals.toString();
    }

    /// Numbers as text blocks in Base64, separated by commas: float32, big-endian.
    static String blocks(float[] numbers) {
        StringBuilder blocks = new StringBuilder();
        int each = LINE * LINES / Float.BYTES;
        Base64.Encoder encoder = Base64.getMimeEncoder(LINE / 3 * 4, new byte[] {'\n'});
        for (int first = 0; first < numbers.length; first += each) {
            int count = Math.min(each, numbers.length - first);
            ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES);
            bytes.asFloatBuffer().put(numbers, first, count);
            blocks.append("        \"\"\"\n");
            encoder.encodeToString(bytes.array())
                    .lines()
                    .forEach(line -> blocks.append("        ").append(line).append('\n'));
            blocks.append("        \"\"\",\n");
        }
        return blocks.toString();
    }
}
