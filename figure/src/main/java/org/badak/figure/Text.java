package org.badak.figure;

/// Text from outside made safe and drawable: for markup, for terminals, for the built-in letters.
final class Text {
    // Revised Romanization of Korean (2000), letter by letter, without the sound changes between syllables.
    private static final String[] INITIALS = "g,kk,n,d,tt,r,m,b,pp,s,ss,,j,jj,ch,k,t,p,h".split(",", -1);
    private static final String[] VOWELS =
            "a,ae,ya,yae,eo,e,yeo,ye,o,wa,wae,oe,yo,u,wo,we,wi,yu,eu,ui,i".split(",", -1);
    private static final String[] FINALS = ",k,k,k,n,n,n,t,l,k,m,p,l,l,p,l,m,p,p,t,t,ng,t,t,k,t,p,t".split(",", -1);

    private Text() {}

    /// Without control characters (escape sequences, line breaks), characters that XML forbids, and marks that turn the
    /// direction of writing.
    static String clean(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            boolean direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
            boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
            if (Character.isISOControl(c)) {
                out.append(' ');
            } else if (surrogate || (c & 0xFFFE) == 0xFFFE) {
                out.append('\uFFFD');
            } else if (!direction) {
                out.appendCodePoint(c);
            }
        }
        return out.toString();
    }

    /// Clean text as XML or HTML content or attribute value.
    static String escape(String text) {
        String clean = clean(text);
        StringBuilder out = new StringBuilder(clean.length() + 16);
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /// A Hangul syllable in Latin letters, as "학" → "hak"; anything else becomes a box.
    static String substitute(int codePoint) {
        int index = codePoint - 0xAC00;
        if (index < 0 || index >= 11_172) {
            return "□";
        }
        return INITIALS[index / 588] + VOWELS[index % 588 / 28] + FINALS[index % 28];
    }

    /// Clean text in ASCII: signs of mathematics become their usual spellings, Hangul its romanisation.
    static String ascii(String text) {
        StringBuilder out = new StringBuilder();
        String clean = clean(text).replace("×10", "e");
        boolean raised = false;
        for (int i = 0; i < clean.length(); ) {
            int c = clean.codePointAt(i);
            i += Character.charCount(c);
            int superscript = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻".indexOf(c);
            if (superscript >= 0) {
                if (!raised && !endsWithExponent(out)) {
                    out.append('^');
                }
                raised = true;
                out.append(superscript == 10 ? "-" : Integer.toString(superscript));
                continue;
            }
            raised = false;
            if (c < 0x7F) {
                out.appendCodePoint(c);
            } else if (c >= 0x2080 && c <= 0x2089) {
                out.append((char) ('0' + c - 0x2080));
            } else {
                out.append(spelled(c));
            }
        }
        return out.toString();
    }

    private static boolean endsWithExponent(StringBuilder out) {
        return !out.isEmpty()
                && out.charAt(out.length() - 1) == 'e'
                && out.length() > 1
                && Character.isDigit(out.charAt(out.length() - 2));
    }

    private static String spelled(int c) {
        return switch (c) {
            case '−', '–', '—', '‐', '─' -> "-";
            case '·', '•', '⋅' -> "*";
            case '×' -> "x";
            case '∇' -> "grad ";
            case '∂' -> "d";
            case '≤' -> "<=";
            case '≥' -> ">=";
            case '≈' -> "~";
            case '∞' -> "inf";
            case '→' -> "->";
            case '←' -> "<-";
            case '…' -> "...";
            case '′', '’', '‘' -> "'";
            case '“', '”' -> "\"";
            case 'Δ', '∆' -> "delta";
            case 'α' -> "alpha";
            case 'β' -> "beta";
            case 'δ' -> "delta";
            case 'ε' -> "eps";
            case 'λ' -> "lambda";
            case 'η' -> "eta";
            case 'σ' -> "sigma";
            case 'µ', 'μ' -> "mu";
            case 'π' -> "pi";
            default -> {
                String substitute = substitute(c);
                yield substitute.equals("□") ? "?" : substitute;
            }
        };
    }

    /// Columns of a terminal that text takes: 2 for wide characters (Hangul, Han, full-width forms), 0 for combining.
    static int columns(String text) {
        return text.codePoints().map(Text::columns).sum();
    }

    static int columns(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
        return wide ? 2 : 1;
    }

    /// At most `columns` columns of text, with … (or . in ASCII) where it was cut.
    static String cut(String text, int columns, boolean ascii) {
        if (columns(text) <= columns) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int used = 0;
        for (int c : text.codePoints().toArray()) {
            if (used + columns(c) > columns - 1) {
                break;
            }
            out.appendCodePoint(c);
            used += columns(c);
        }
        return columns < 1 ? "" : out + (ascii ? "." : "…");
    }
}
