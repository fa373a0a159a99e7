package org.badak.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import org.badak.figure.report.Words;

/// Texts for Korean readers and for all others, beside each other where they are used.
final class Texts {
    private Texts() {}

    /// Whether this process speaks Korean: the locale of messages, which LANG and `-Duser.language` set.
    static boolean korean() {
        return Locale.getDefault(Locale.Category.DISPLAY).getLanguage().equals("ko");
    }

    /// The locale of this process' reader: Korean or English.
    static Locale locale() {
        return korean() ? Locale.KOREAN : Locale.ENGLISH;
    }

    /// The text for this process' reader.
    static String of(String english, String korean) {
        return korean() ? korean : english;
    }

    /// The text for this process' reader.
    static String of(Words words) {
        return of(words.english(), words.korean());
    }

    /// The help texts in Korean.
    static ResourceBundle koreanHelp() {
        InputStream file = Objects.requireNonNull(
                Texts.class.getResourceAsStream("Messages_ko.properties"), "the module has its help texts");
        try (Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            return new PropertyResourceBundle(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
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
