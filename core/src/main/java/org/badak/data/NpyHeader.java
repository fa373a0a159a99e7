package org.badak.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The header of an NPY file: a literal of a Python dictionary with exactly `descr`, `fortran_order` and `shape`, read
/// by a parser of its own that knows that form and nothing else. Source: NEP 1, *A simple file format for NumPy
/// arrays*, and the documentation of `numpy.lib.format`.
///
/// @param type of the elements
/// @param bigEndian whether the most significant byte of an element comes first
/// @param fortran whether the first index runs fastest
/// @param shape up to eight dimensions
record NpyHeader(NpyType type, boolean bigEndian, boolean fortran, int[] shape) {
    private static final int ALIGNMENT = 64;
    private static final int PREFIX = 10; // magic, version, length of the literal

    /// A header that cannot be used.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final int offset;
        private final String expected;
        private final String remedy;

        Malformed(int offset, String found, String expected, String remedy) {
            super(found);
            this.offset = offset;
            this.expected = expected;
            this.remedy = remedy;
        }

        /// Characters from the beginning of the literal.
        int offset() {
            return offset;
        }

        String found() {
            return String.valueOf(getMessage());
        }

        String expected() {
            return expected;
        }

        String remedy() {
            return remedy;
        }
    }

    /// Reads a literal.
    static NpyHeader parse(String literal) throws Malformed {
        return new Parser(literal).header();
    }

    /// Bytes from the magic to the last of the header, as version 1.0: padded with spaces to a multiple of 64.
    byte[] bytes() {
        String literal = "{'descr': '" + (type.bytes() == 1 ? '|' : bigEndian ? '>' : '<') + type.code()
                + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': " + tuple(shape) + ", }";
        int total = (PREFIX + literal.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        int length = total - PREFIX;
        byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) length, (byte) (length >> 8)};
        byte[] bytes = java.util.Arrays.copyOf(start, total);
        java.util.Arrays.fill(bytes, PREFIX, total - 1, (byte) ' ');
        byte[] text = literal.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, bytes, PREFIX, text.length);
        bytes[total - 1] = '\n';
        return bytes;
    }

    /// A shape as Python writes it: `(3, 2)`, `(3,)`, `()`.
    static String tuple(int[] shape) {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < shape.length; i++) {
            text.append(i == 0 ? "" : ", ").append(shape[i]);
        }
        return text.append(shape.length == 1 ? ",)" : ")").toString();
    }

    private static final class Parser {
        private static final String SAVE = "write the file with numpy.save";

        private final String text;
        private int position;

        Parser(String text) {
            this.text = text;
        }

        NpyHeader header() throws Malformed {
            if (!text.endsWith("\n")) {
                throw new Malformed(text.length(), "no line feed at its end", "a line feed", SAVE);
            }
            Set<String> keys = new HashSet<>();
            @Nullable String descr = null;
            boolean fortran = false;
            int[] shape = {};
            demand('{');
            while (!accept('}')) {
                int start = position;
                String key = quoted();
                if (!keys.add(key)) {
                    throw new Malformed(start, "the key " + key + " twice", "each key once", SAVE);
                }
                demand(':');
                switch (key) {
                    case "descr" -> descr = descr();
                    case "fortran_order" -> fortran = truth();
                    case "shape" -> shape = shape();
                    default ->
                        throw new Malformed(
                                start, "the key '" + key + "'", "descr, fortran_order and shape alone", SAVE);
                }
                if (!accept(',')) {
                    demand('}');
                    break;
                }
            }
            skipSpace();
            if (position < text.length()) {
                throw new Malformed(position, "more after the dictionary", "spaces and a line feed", SAVE);
            }
            if (keys.size() < 3 || descr == null) {
                throw new Malformed(
                        0, "the keys " + keys.stream().sorted().toList(), "descr, fortran_order and shape", SAVE);
            }
            boolean ordered = "<>|=".indexOf(descr.charAt(0)) >= 0;
            NpyType type = type(ordered ? descr.substring(1) : descr, descr);
            return new NpyHeader(type, descr.charAt(0) == '>' && type.bytes() > 1, fortran, shape);
        }

        private NpyType type(String code, String descr) throws Malformed {
            String expected = "numbers: bool, int8 to int64, uint8 to uint64, float16 to float64";
            if (code.startsWith("O")) {
                throw new Malformed(
                        0,
                        "an array of Python objects ('" + descr + "')",
                        expected,
                        "it holds pickled Python objects, which can run code when they are read: make it an array of"
                                + " numbers first, array.astype('float32') or numpy.stack(array)");
            }
            if (code.startsWith("U") || code.startsWith("S")) {
                throw new Malformed(
                        0,
                        "an array of texts ('" + descr + "')",
                        expected,
                        "number the texts first: numpy.unique(labels, return_inverse=True)[1]");
            }
            return NpyType.of(code)
                    .orElseThrow(() -> new Malformed(
                            0,
                            "the element type '" + descr + "'",
                            expected,
                            "convert it first: array.astype('float32')"));
        }

        private String descr() throws Malformed {
            int start = position;
            skipSpace();
            if (position < text.length() && text.charAt(position) == '[') {
                throw new Malformed(
                        start,
                        "an array of records (a structured dtype)",
                        "an array of numbers of one type",
                        "save its fields as arrays of their own, or numpy.lib.recfunctions.structured_to_unstructured");
            }
            String descr = quoted();
            if (descr.isEmpty()) {
                throw new Malformed(start, "an empty element type", "one such as '<f4'", SAVE);
            }
            return descr;
        }

        private boolean truth() throws Malformed {
            skipSpace();
            for (boolean value : new boolean[] {true, false}) {
                String word = value ? "True" : "False";
                if (text.startsWith(word, position)) {
                    position += word.length();
                    return value;
                }
            }
            throw new Malformed(position, here(), "True or False", SAVE);
        }

        private int[] shape() throws Malformed {
            List<Integer> dimensions = new ArrayList<>();
            demand('(');
            while (!accept(')')) {
                dimensions.add(dimension());
                if (!accept(',')) {
                    if (dimensions.size() == 1) {
                        throw new Malformed(position, here(), "a comma: a tuple of one number has one", SAVE);
                    }
                    demand(')');
                    break;
                }
                if (dimensions.size() > NpyArray.MAXIMUM_RANK) {
                    break; // told below
                }
            }
            if (dimensions.size() > NpyArray.MAXIMUM_RANK) {
                throw new Malformed(
                        position,
                        "more than " + NpyArray.MAXIMUM_RANK + " dimensions",
                        "at most " + NpyArray.MAXIMUM_RANK,
                        "reshape the array");
            }
            return dimensions.stream().mapToInt(Integer::intValue).toArray();
        }

        private int dimension() throws Malformed {
            skipSpace();
            int start = position;
            long value = 0;
            while (position < text.length() && isDigit(text.charAt(position))) {
                value = 10 * value + text.charAt(position) - '0';
                if (value > Integer.MAX_VALUE) {
                    throw new Malformed(
                            start,
                            "a dimension above " + Integer.MAX_VALUE,
                            "at most " + Integer.MAX_VALUE,
                            "divide the array into several files");
                }
                position++;
            }
            if (position == start) {
                throw new Malformed(start, here(), "a whole number that is not negative", SAVE);
            }
            if (position < text.length() && text.charAt(position) == 'L') {
                position++; // Python 2 wrote long numbers like this
            }
            return (int) value;
        }

        private String quoted() throws Malformed {
            skipSpace();
            char quote = position < text.length() ? text.charAt(position) : ' ';
            int end = quote == '\'' || quote == '"' ? text.indexOf(quote, position + 1) : -1;
            if (end < 0) {
                throw new Malformed(position, here(), "a text in quotes", SAVE);
            }
            String content = text.substring(position + 1, end);
            position = end + 1;
            return content;
        }

        private boolean accept(char wanted) {
            skipSpace();
            boolean there = position < text.length() && text.charAt(position) == wanted;
            position += there ? 1 : 0;
            return there;
        }

        private void demand(char wanted) throws Malformed {
            if (!accept(wanted)) {
                throw new Malformed(position, here(), "'" + wanted + "'", SAVE);
            }
        }

        private void skipSpace() {
            while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
                position++;
            }
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private String here() {
            return position >= text.length()
                    ? "the end of the header"
                    : "'"
                            + text.substring(position, Math.min(text.length(), position + 20))
                                    .strip() + "'";
        }
    }
}
