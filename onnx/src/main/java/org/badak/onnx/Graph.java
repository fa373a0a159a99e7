package org.badak.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A graph that grows node by node (GraphProto). Values are known by their names; a name is given
/// out once. The numbers of fields are those of onnx.proto.
final class Graph {
    /// The domain of ONNX's operators for encodings.
    static final String MACHINE_LEARNING = "ai.onnx.ml";

    private static final String BATCH = "batch";
    private static final int NODE = 1;
    private static final int INITIALIZER = 5;
    private static final int INPUT = 11;
    private static final int OUTPUT = 12;

    private final Message graph = new Message();
    private final List<String> inputs = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private boolean machineLearning;

    /// Keeps names for inputs that will come: columns of a table may have any.
    void reserve(List<String> names) {
        taken.addAll(names);
    }

    /// An input whose first size is the batch. Its name was reserved.
    ///
    /// @param sizes of one example
    /// @return its name
    String input(String name, ElementType type, long... sizes) {
        graph.message(INPUT, value(name, type, sizes));
        inputs.add(describe(name, type, sizes));
        return name;
    }

    /// Declares a value that [#node] made to be an output, under a name of its own; with a `_`
    /// behind it where an input has that name.
    ///
    /// @param sizes of one example
    void output(String value, String wanted, ElementType type, long... sizes) {
        String name = free(wanted);
        graph.message(NODE, operation("", "Identity", name, List.of(value), name));
        graph.message(OUTPUT, value(name, type, sizes));
        outputs.add(describe(name, type, sizes));
    }

    private static String describe(String name, ElementType type, long... sizes) {
        StringBuilder text =
                new StringBuilder(name).append(' ').append(type).append(" [").append(BATCH);
        for (long size : sizes) {
            text.append(", ").append(size);
        }
        return text.append(']').toString();
    }

    private static Message value(String name, ElementType type, long... sizes) {
        Message shape = new Message().message(1, new Message().text(2, BATCH));
        for (long size : sizes) {
            shape.message(1, new Message().whole(1, size));
        }
        Message tensor = new Message().whole(1, type.number()).message(2, shape);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    /// Adds an operation.
    ///
    /// @param operator ONNX's name of it: `Gemm`
    /// @param operands names of values
    /// @return name of the result
    String node(String operator, List<String> operands, Attribute... attributes) {
        return node("", operator, operands, attributes);
    }

    /// Adds an operation of [#MACHINE_LEARNING].
    String encoding(String operator, String operand, Attribute... attributes) {
        machineLearning = true;
        return node(MACHINE_LEARNING, operator, List.of(operand), attributes);
    }

    private String node(String domain, String operator, List<String> operands, Attribute... attributes) {
        String result = fresh();
        Message node = operation(domain, operator, operator + "_" + result, operands, result);
        for (Attribute attribute : attributes) {
            node.message(5, attribute.message());
        }
        graph.message(NODE, node);
        return result;
    }

    private static Message operation(
            String domain, String operator, String name, List<String> operands, String result) {
        return new Message()
                .texts(1, operands)
                .text(2, result)
                .text(3, name)
                .text(4, operator)
                .text(7, domain);
    }

    private String free(String wanted) {
        String name = wanted;
        while (!taken.add(name)) {
            name += "_";
        }
        return name;
    }

    private String fresh() {
        return free("/" + taken.size());
    }

    /// Numbers that belong to the graph.
    ///
    /// @param sizes their shape; none for a single number
    /// @return the name
    String floats(String wanted, float[] numbers, long... sizes) {
        String name = free(wanted);
        ByteBuffer bytes = buffer(numbers.length * Float.BYTES);
        bytes.asFloatBuffer().put(numbers);
        return initializer(name, ElementType.FLOAT, bytes, sizes);
    }

    /// One number.
    String number(double number) {
        return floats("/" + taken.size(), new float[] {(float) number});
    }

    /// One number in float64.
    String exactNumber(double number) {
        return initializer(fresh(), ElementType.DOUBLE, buffer(Double.BYTES).putDouble(0, number));
    }

    /// Whole numbers, such as a shape.
    String wholes(long... numbers) {
        ByteBuffer bytes = buffer(numbers.length * Long.BYTES);
        bytes.asLongBuffer().put(numbers);
        return initializer(fresh(), ElementType.INT64, bytes, numbers.length);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private String initializer(String name, ElementType type, ByteBuffer numbers, long... sizes) {
        byte[] bytes = new byte[numbers.capacity()];
        numbers.get(0, bytes);
        graph.message(
                INITIALIZER,
                new Message()
                        .wholes(1, sizes)
                        .whole(2, type.number())
                        .text(8, name)
                        .bytes(9, bytes));
        return name;
    }

    /// The inputs in words, in order: `images uint8 [batch, 28, 28]`.
    List<String> inputs() {
        return List.copyOf(inputs);
    }

    /// The outputs in words, in order.
    List<String> outputs() {
        return List.copyOf(outputs);
    }

    /// Whether an operation of [#MACHINE_LEARNING] is in it.
    boolean needsMachineLearning() {
        return machineLearning;
    }

    /// The graph as it is now.
    Message named(String name) {
        return new Message().text(2, name).merge(graph);
    }
}
