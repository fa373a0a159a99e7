package org.badak.serve;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.badak.catalog.Inputs;
import org.badak.catalog.Suggestion;
import org.badak.data.Json;
import org.badak.matrix.Shape;
import org.badak.server.Refusal;
import org.badak.tabular.Feature;
import org.badak.tabular.Table;

/// How the tensors of a request become what a network takes: one tensor of images or numbers, or a tensor for each
/// column of a table.
final class TensorInputs {
    private static final String WHAT = "the tensors are not those that the model takes";
    private static final int WHITE = 255;

    private final LoadedModel model;
    private final int mostRows;

    /// @param mostRows examples of one request
    TensorInputs(LoadedModel model, int mostRows) {
        this.model = model;
        this.mostRows = mostRows;
    }

    /// What the model takes, for its metadata.
    List<Json> metadata() {
        return switch (model.saved().inputs()) {
            case Inputs.Images images -> List.of(tensor("images", "UINT8", -1, images.rows(), images.width()));
            case Inputs.Features features ->
                List.of(tensor("features", features.bytes() ? "UINT8" : "FP32", shape(features.shape())));
            case Inputs.Table table -> {
                List<Json> columns = new ArrayList<>();
                for (Feature feature : model.table().orElseThrow().preparation().features()) {
                    columns.add(
                            switch (feature) {
                                case Feature.Numeric number -> tensor(number.column(), "FP64", -1);
                                case Feature.Categories categories -> tensor(categories.column(), "BYTES", -1);
                            });
                }
                yield columns;
            }
        };
    }

    private static int[] shape(Shape shape) {
        return shape.isFlat()
                ? new int[] {-1, shape.size()}
                : new int[] {-1, shape.channels(), shape.height(), shape.width()};
    }

    /// A tensor in metadata.
    static Json tensor(String name, String type, int... shape) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("name", Json.of(name));
        members.put("datatype", Json.of(type));
        List<Json> dimensions = new ArrayList<>();
        for (int dimension : shape) {
            dimensions.add(Json.of((long) dimension));
        }
        members.put("shape", new Json.Items(dimensions));
        return new Json.Members(members);
    }

    /// The examples in a request.
    ///
    /// @throws Refusal 400 where a tensor is not what the model takes
    Examples examples(InferenceRequest request) {
        return switch (model.saved().inputs()) {
            case Inputs.Images images -> images(only(request, "images"), images);
            case Inputs.Features features ->
                numbers(only(request, "features"), features.shape(), features.bytes(), features.text());
            case Inputs.Table table -> table(request);
        };
    }

    private Tensor only(InferenceRequest request, String name) {
        if (request.inputs().size() != 1 || !request.inputs().getFirst().name().equals(name)) {
            throw new Refusal(
                    400,
                    WHAT,
                    "the body, inputs",
                    names(request),
                    "one tensor with the name " + name,
                    "see GET /v2/models/" + model.name());
        }
        return request.inputs().getFirst();
    }

    private static String names(InferenceRequest request) {
        return request.inputs().stream().map(Tensor::name).limit(8).collect(Collectors.joining(", "));
    }

    private Examples images(Tensor tensor, Inputs.Images images) {
        if (tensor.type() != DataType.BYTES) {
            return numbers(tensor, new Shape(1, images.rows(), images.width()), true, images.text());
        }
        int rows = rows(tensor, tensor.shape().size() == 1, "[n]: one PNG file in Base64 for each image");
        float[] x = new float[Math.multiplyExact(rows, model.predictor().inputs())];
        List<String> notes = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            byte[] file;
            try {
                file = Base64.getDecoder().decode(tensor.texts().get(row));
            } catch (IllegalArgumentException other) {
                throw new Refusal(
                        400,
                        "the image is not in Base64",
                        "the body, inputs[0].data[" + row + "]",
                        String.valueOf(other.getMessage()),
                        "a PNG file in Base64 (RFC 4648)",
                        "encode the file, without line breaks");
            }
            PngInput.read(file, images, false, x, row, notes);
        }
        return new Examples(rows, x, notes);
    }

    /// @param bytes whether the network takes whole numbers from 0 to 255 divided by 255
    private Examples numbers(Tensor tensor, Shape shape, boolean bytes, String text) {
        List<Integer> sent = tensor.shape();
        List<Integer> rest = sent.subList(1, sent.size());
        boolean fits = rest.equals(List.of(shape.size()))
                || rest.equals(List.of(shape.channels(), shape.height(), shape.width()))
                || shape.channels() == 1 && rest.equals(List.of(shape.height(), shape.width()));
        String wanted = "[n, " + shape.size() + "]"
                + (shape.isFlat()
                        ? ""
                        : " or [n, " + shape.channels() + ", " + shape.height() + ", " + shape.width() + "]");
        int rows = rows(tensor, fits, wanted + ": " + text);
        if (tensor.type() == DataType.BYTES) {
            throw new Refusal(
                    400, WHAT, place(tensor) + ".datatype", "BYTES", "numbers", "send FP32, or UINT8 for bytes");
        }
        boolean divide = bytes && tensor.type().whole();
        float[] x = new float[tensor.numbers().count()];
        for (int i = 0; i < x.length; i++) {
            double value = tensor.numbers().get(i);
            if (bytes && (value < 0 || value > (divide ? WHITE : 1))) {
                throw new Refusal(
                        400,
                        "a number is outside of what the model learnt",
                        place(tensor) + ".data[" + i + "]",
                        Double.toString(value),
                        divide ? "0 to 255" : "0 to 1, for the datatype is " + tensor.type(),
                        divide ? "send unsigned bytes" : "divide by 255, or send datatype UINT8 for 0 to 255");
            }
            x[i] = divide ? (float) value / WHITE : (float) value;
        }
        return new Examples(rows, x, List.of());
    }

    private int rows(Tensor tensor, boolean fits, String wanted) {
        if (!fits) {
            throw new Refusal(
                    400,
                    WHAT,
                    place(tensor) + ".shape",
                    tensor.shape().toString(),
                    wanted,
                    "correct the shape; n is the number of examples");
        }
        return requireRows(tensor.shape().getFirst());
    }

    private int requireRows(int rows) {
        if (rows > mostRows) {
            throw tooMany(rows, mostRows);
        }
        return rows;
    }

    /// 413.
    static Refusal tooMany(int rows, int mostRows) {
        return new Refusal(
                413,
                "too many examples in one request",
                "the body",
                rows + " examples",
                "at most " + mostRows,
                "send several requests");
    }

    private static String place(Tensor tensor) {
        return "the body, the tensor " + Refusal.quoted(tensor.name());
    }

    private Examples table(InferenceRequest request) {
        List<String> known = model.table().orElseThrow().preparation().columns();
        int rows = requireRows(request.inputs().getFirst().shape().getFirst());
        List<String> names = new ArrayList<>();
        List<String[]> cells = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            cells.add(new String[request.inputs().size()]);
        }
        for (Tensor tensor : request.inputs()) {
            int column = names.size();
            if (!known.contains(tensor.name())) {
                throw new Refusal(
                        400,
                        WHAT,
                        place(tensor),
                        "a column that the model does not know",
                        String.join(", ", known),
                        Suggestion.nearest(tensor.name(), known)
                                .map(name -> "did you mean " + name + "?")
                                .orElse("leave it out"));
            }
            if (names.contains(tensor.name())) {
                throw new Refusal(400, WHAT, place(tensor), "the column twice", "each column once", "leave one out");
            }
            boolean fits =
                    tensor.shape().equals(List.of(rows)) || tensor.shape().equals(List.of(rows, 1));
            rows(tensor, fits, "[" + rows + "] or [" + rows + ", 1], as the first tensor");
            names.add(tensor.name());
            for (int row = 0; row < rows; row++) {
                cells.get(row)[column] = tensor.type() == DataType.BYTES
                        ? tensor.texts().get(row).strip()
                        : RowsInput.text(tensor.numbers().get(row));
            }
        }
        return RowsInput.encode(model, Table.of("the body", names, cells, true, RowsInput.missing(model)));
    }
}
