package org.badak.train;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How often a run saves a checkpoint.
///
/// @param steps after every multiple of so many steps; 0 for no such rule
/// @param seconds when so much time has passed since the last one; infinite for no such rule
/// @param epochSeconds at the end of an epoch, if so much time has passed since the last one; infinite for no such rule
public record Rhythm(long steps, double seconds, double epochSeconds) {
    /// At the end of every epoch that took at least a second, and after 30 seconds in any case: what a crash costs is
    /// bounded, and so is what saving costs.
    public static final Rhythm STANDARD = new Rhythm(0, 30, 1);

    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,8})(s?)");

    /// @throws IllegalArgumentException if a number is negative or NaN
    public Rhythm {
        if (steps < 0 || !(seconds >= 0) || !(epochSeconds >= 0)) {
            throw new IllegalArgumentException("checkpoints: expected steps and seconds that are not negative, found "
                    + steps + ", " + seconds + ", " + epochSeconds);
        }
    }

    /// A rule in a word: `500`, every 500 steps; `10s`, every 10 seconds; `epoch`, at the end of each.
    ///
    /// @throws IllegalArgumentException if it is none of them
    public static Rhythm parse(String text) {
        if (text.toLowerCase(Locale.ROOT).equals("epoch")) {
            return new Rhythm(0, Double.POSITIVE_INFINITY, 0);
        }
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "found " + text + ", expected a number of steps such as 500, of seconds such as 30s, or epoch");
        }
        long number = Long.parseLong(matcher.group(1));
        return matcher.group(2).isEmpty()
                ? new Rhythm(number, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)
                : new Rhythm(0, number, Double.POSITIVE_INFINITY);
    }

    /// Whether a checkpoint is due.
    ///
    /// @param step steps done
    /// @param epochEnd whether an epoch ends with it
    /// @param since seconds since the last one
    public boolean isDue(long step, boolean epochEnd, double since) {
        return steps > 0 && step % steps == 0 || since >= seconds || epochEnd && since >= epochSeconds;
    }
}
