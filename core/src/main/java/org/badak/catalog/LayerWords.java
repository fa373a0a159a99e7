package org.badak.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.badak.layer.Initialisation;

/// The words behind a layer's name: numbers in a fixed order, settings such as `stride:2` in any, and an initialisation
/// such as `he` or `normal:0.01`.
public final class LayerWords {
    private static final int MOST_WORDS = 20;
    private static final int MOST_SHOWN = 80;
    private static final Set<String> INITIALISATIONS = Set.copyOf(Named.names(Catalog.INITIALISATIONS));

    private final String text;
    private final String form;
    private final List<String> numbers = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private Optional<Initialisation> initialisation;
    private int used;

    /// @param text the whole layer, its name first
    /// @param form how it is written, for messages
    /// @param otherwise the initialisation where the text names none
    LayerWords(String text, String form, Optional<Initialisation> otherwise) {
        this.text = text;
        this.form = form;
        initialisation = otherwise;
        int end = wordEnd(0);
        for (int count = 2; end < text.length(); count++) {
            int start = end;
            while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
                start++;
            }
            if (count > MOST_WORDS) {
                throw wrong("more than " + MOST_WORDS + " words");
            }
            end = wordEnd(start);
            String word = text.substring(start, end);
            int colon = word.indexOf(':');
            String name = colon < 0 ? word : word.substring(0, colon);
            if (INITIALISATIONS.contains(name)) {
                initialisation = Optional.of(Catalog.initialisation(word));
            } else if (colon < 0) {
                numbers.add(word);
            } else {
                settings.put(name, word.substring(colon + 1));
            }
        }
    }

    private int wordEnd(int start) {
        int end = start;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /// Whether numbers are left that have not been asked for.
    public boolean areLeft() {
        return used < numbers.size();
    }

    /// The next number in order.
    ///
    /// @throws IllegalArgumentException if there is none, or it is not whole
    public int whole() {
        if (used == numbers.size()) {
            throw wrong("nothing more");
        }
        return whole(numbers.get(used++));
    }

    /// The next number in order.
    ///
    /// @throws IllegalArgumentException if there is none, or it is no number
    public double number() {
        if (used == numbers.size()) {
            throw wrong("nothing more");
        }
        String word = numbers.get(used++);
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException malformed) {
            throw wrong("'" + word + "'");
        }
    }

    /// A setting that is a whole number.
    ///
    /// @param otherwise its value where the text does not name it
    /// @throws IllegalArgumentException if it is not whole
    public int setting(String name, int otherwise) {
        String value = settings.remove(name);
        return value == null ? otherwise : whole(value);
    }

    /// The initialisation.
    ///
    /// @throws IllegalArgumentException if the text names none and none was given otherwise
    public Initialisation initialisation() {
        return initialisation.orElseThrow(() -> wrong("no initialisation"));
    }

    /// @throws IllegalArgumentException if a word has not been asked for
    void requireAllUsed() {
        if (used < numbers.size()) {
            throw wrong("'" + numbers.get(used) + "'");
        }
        if (!settings.isEmpty()) {
            Map.Entry<String, String> first = settings.entrySet().iterator().next();
            throw wrong("'" + first.getKey() + ":" + first.getValue() + "'");
        }
    }

    private int whole(String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException malformed) {
            throw wrong("'" + word + "'");
        }
    }

    private IllegalArgumentException wrong(String found) {
        String shown = text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
        return new IllegalArgumentException("layer '" + shown + "': expected " + form + ", found " + found);
    }
}
