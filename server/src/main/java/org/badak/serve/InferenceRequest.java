package org.badak.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.badak.data.Json;
import org.badak.server.Refusal;

/// A request of the Open Inference Protocol, version 2, REST: its tensors in JSON.
///
/// @param id that the answer repeats
/// @param inputs at least one
/// @param outputs names of the outputs that are wanted; empty: all
record InferenceRequest(Optional<String> id, List<Tensor> inputs, List<String> outputs) {
    private static final String WHAT = "the body is not an inference request";
    private static final int MOST_RANK = 8;

    /// Reads the body of a request.
    ///
    /// @throws Refusal 400 where it is not one
    static InferenceRequest read(String body) {
        return new Reader(new JsonCursor(body, WHAT)).read();
    }

    private static final class Reader {
        private final JsonCursor json;
        private Optional<String> id = Optional.empty();
        private final List<Tensor> inputs = new ArrayList<>();
        private final List<String> outputs = new ArrayList<>();

        Reader(JsonCursor json) {
            this.json = json;
        }

        InferenceRequest read() {
            json.object(name -> {
                switch (name) {
                    case "id" -> id = Optional.of(json.string());
                    case "parameters" -> parameters();
                    case "inputs" -> json.array(i -> inputs.add(tensor()));
                    case "outputs" -> json.array(i -> outputs.add(output()));
                    default -> throw unknown(name, "id, parameters, inputs, outputs");
                }
            });
            json.end();
            if (inputs.isEmpty()) {
                throw json.fault("", "no inputs", "inputs: an array of tensors", "see GET /v2/models/NAME for them");
            }
            return new InferenceRequest(id, inputs, outputs);
        }

        /// Parameters are taken and mean nothing here, but those that ask for what this server does not do.
        private void parameters() {
            json.object(name -> {
                if (name.startsWith("binary_data") || name.startsWith("shared_memory")) {
                    throw json.fault(
                            "", "the parameter " + name, "tensors in JSON", "send the data as arrays in the body");
                }
                Json value = json.value();
                assert !value.toString().isEmpty();
            });
        }

        private String output() {
            List<String> names = new ArrayList<>();
            json.object(name -> {
                switch (name) {
                    case "name" -> names.add(json.string());
                    case "parameters" -> parameters();
                    default -> throw unknown(name, "name, parameters");
                }
            });
            if (names.isEmpty()) {
                throw json.fault("", "no name", "the name of an output", "add it");
            }
            return names.getFirst();
        }

        private Tensor tensor() {
            Draft draft = new Draft();
            json.object(name -> {
                switch (name) {
                    case "name" -> draft.name = json.string();
                    case "shape" -> json.array(i -> draft.shape.add(dimension()));
                    case "datatype" -> draft.type = Optional.of(type());
                    case "parameters" -> parameters();
                    case "data" -> data(draft);
                    default -> throw unknown(name, "name, shape, datatype, parameters, data");
                }
            });
            if (draft.passed >= 0 && draft.type.isPresent()) {
                json.again(draft.passed, "data", () -> data(draft));
            }
            return draft.tensor(json);
        }

        /// The data, or where it stands if its type is not known yet: members of an object have no order.
        private void data(Draft draft) {
            draft.filled = true;
            if (draft.type.isEmpty()) {
                draft.passed = json.pass();
            } else if (draft.type.get() == DataType.BYTES) {
                json.array(i -> draft.texts.add(json.string()));
            } else {
                draft.numbers = json.numbers(draft.type.get());
            }
        }

        private DataType type() {
            Refusal other = json.fault(String.join(", ", DataType.names()));
            String name = json.string();
            if (!DataType.names().contains(name)) {
                throw other;
            }
            return DataType.valueOf(name);
        }

        private int dimension() {
            Refusal other = json.fault("a whole number from 1 to " + Integer.MAX_VALUE);
            double value = json.number();
            if (value != Math.rint(value) || value < 1 || value > Integer.MAX_VALUE) {
                throw other;
            }
            return (int) value;
        }

        private Refusal unknown(String name, String known) {
            return json.fault("", "the member " + Refusal.quoted(name), known, "leave it out, or correct its name");
        }
    }

    /// A tensor while it is read.
    private static final class Draft {
        private String name = "";
        private final List<Integer> shape = new ArrayList<>();
        private Optional<DataType> type = Optional.empty();
        private Numbers numbers = new Numbers();
        private final List<String> texts = new ArrayList<>();
        private boolean filled;
        private int passed = -1; // where the data stands that came before its type

        Tensor tensor(JsonCursor json) {
            if (name.isEmpty() || shape.isEmpty() || type.isEmpty() || !filled) {
                String lacks =
                        name.isEmpty() ? "name" : shape.isEmpty() ? "shape" : type.isEmpty() ? "datatype" : "data";
                throw json.fault("", "no " + lacks, "name, shape, datatype and data", "add the " + lacks);
            }
            long size = 1;
            for (int dimension : shape) {
                size = Math.min(size * dimension, Integer.MAX_VALUE);
            }
            if (shape.size() > MOST_RANK || size == Integer.MAX_VALUE) {
                throw json.fault(
                        ".shape",
                        shape.toString(),
                        "at most " + MOST_RANK + " dimensions, below 2^31 numbers",
                        "send less");
            }
            int count = type.get() == DataType.BYTES ? texts.size() : numbers.count();
            if (count != size) {
                throw json.fault(
                        ".data",
                        count + (count == 1 ? " value" : " values"),
                        size + ", for the shape is " + shape,
                        "send as many values as the shape says");
            }
            if (numbers.shape().size() > 1 && !numbers.shape().equals(shape)) {
                throw json.fault(
                        ".data",
                        "arrays nested as " + numbers.shape(),
                        "one flat array, or arrays nested as the shape " + shape,
                        "nest them alike");
            }
            return new Tensor(name, List.copyOf(shape), type.get(), numbers, texts);
        }
    }
}
