package org.badak.cli;

import java.util.Locale;

/// Texts for Korean readers and for all others, beside each other where they are used.
final class Texts {
    private Texts() {}

    /// Whether this process speaks Korean: the locale of messages, which LANG and `-Duser.language` set.
    static boolean korean() {
        return Locale.getDefault(Locale.Category.DISPLAY).getLanguage().equals("ko");
    }

    /// The text for this process' reader.
    static String of(String english, String korean) {
        return korean() ? korean : english;
    }

    /// A number with separators: `10,000`.
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// A share as a percentage: `94.65 %`.
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
