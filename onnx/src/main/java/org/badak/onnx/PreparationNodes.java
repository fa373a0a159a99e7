package org.badak.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.badak.catalog.Inputs;
import org.badak.catalog.SavedModel;
import org.badak.matrix.Shape;
import org.badak.tabular.Feature;
import org.badak.tabular.Preparation;

/// What happens before the first layer: bytes become numbers, cells of a table become inputs.
final class PreparationNodes {
    private static final double BYTE = 255;

    private final Graph graph;
    private final Shape shape;

    /// @param shape of what enters the network
    PreparationNodes(Graph graph, Shape shape) {
        this.graph = graph;
        this.shape = shape;
    }

    /// One input that is just what enters the network.
    LayerNodes.Value plain() {
        boolean pixels = !shape.isFlat();
        return new LayerNodes.Value(single("inputs", ElementType.FLOAT, sizes(pixels, shape)), pixels);
    }

    /// Inputs as users have them.
    ///
    /// @param table how rows are prepared; used where the model takes such
    LayerNodes.Value prepared(SavedModel model, Optional<Preparation> table) {
        return switch (model.inputs()) {
            case Inputs.Images(int rows, int width) -> bytes(single("images", ElementType.UINT8, rows, width));
            case Inputs.Features(Shape example, boolean bytes) ->
                bytes ? bytes(single("examples", ElementType.UINT8, sizes(!example.isFlat(), example))) : plain();
            case Inputs.Table rows -> new LayerNodes.Value(table(table.orElseThrow()), false);
        };
    }

    private String single(String name, ElementType type, long... sizes) {
        graph.reserve(List.of(name));
        return graph.input(name, type, sizes);
    }

    private static long[] sizes(boolean pixels, Shape shape) {
        return pixels ? new long[] {shape.channels(), shape.height(), shape.width()} : new long[] {shape.channels()};
    }

    /// The quotient by 255 of each byte, in the shape of the network's input.
    private LayerNodes.Value bytes(String input) {
        String numbers = graph.node("Cast", List.of(input), Attribute.to(ElementType.FLOAT));
        String quotients = graph.node("Div", List.of(numbers, graph.number(BYTE)));
        boolean pixels = !shape.isFlat();
        long[] sizes = LongStream.concat(LongStream.of(-1), LongStream.of(sizes(pixels, shape)))
                .toArray();
        return new LayerNodes.Value(graph.node("Reshape", List.of(quotients, graph.wholes(sizes))), pixels);
    }

    /// An input for each column, beside each other.
    private String table(Preparation preparation) {
        graph.reserve(preparation.needed());
        List<String> parts = new ArrayList<>();
        for (Feature feature : preparation.features()) {
            switch (feature) {
                case Feature.Numeric numeric -> number(numeric, parts);
                case Feature.Categories categories -> parts.add(category(categories, preparation));
            }
        }
        return graph.node("Concat", parts, Attribute.whole("axis", 1));
    }

    /// (x − mean)/deviation in float64, as it is when training; NaN is a number that is missing.
    private void number(Feature.Numeric feature, List<String> parts) {
        String x = graph.input(feature.column(), ElementType.DOUBLE, 1);
        String missing = graph.node("IsNaN", List.of(x));
        String whole = graph.node("Where", List.of(missing, graph.exactNumber(feature.median()), x));
        String apart = graph.node("Sub", List.of(whole, graph.exactNumber(feature.mean())));
        String standard = graph.node("Div", List.of(apart, graph.exactNumber(feature.deviation())));
        parts.add(graph.node("Cast", List.of(standard), Attribute.to(ElementType.FLOAT)));
        if (feature.indicator()) {
            parts.add(graph.node("Cast", List.of(missing), Attribute.to(ElementType.FLOAT)));
        }
    }

    /// The number of the value, then a 1 at its place; for values that are not known, nowhere.
    private String category(Feature.Categories feature, Preparation preparation) {
        String x = graph.input(feature.column(), ElementType.STRING, 1);
        long missing =
                feature.indicator() ? feature.values().size() : feature.values().indexOf(feature.mode());
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("", missing);
        for (String word : preparation.missing()) { // kept in lower case, but recognised in any
            numbers.put(word, missing);
            numbers.put(word.toUpperCase(Locale.ROOT), missing);
            numbers.put(capitalised(word), missing);
        }
        for (int i = 0; i < feature.values().size(); i++) {
            numbers.put(feature.values().get(i), (long) i);
        }
        String number = graph.encoding(
                "LabelEncoder",
                x,
                Attribute.texts("keys_strings", List.copyOf(numbers.keySet())),
                Attribute.wholes(
                        "values_int64s",
                        numbers.values().stream().mapToLong(Long::longValue).toArray()),
                Attribute.whole("default_int64", -1));
        String places = graph.encoding(
                "OneHotEncoder",
                number,
                Attribute.wholes(
                        "cats_int64s", LongStream.range(0, feature.width()).toArray()),
                Attribute.whole("zeros", 1));
        return graph.node("Reshape", List.of(places, graph.wholes(-1, feature.width())));
    }

    private static String capitalised(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
