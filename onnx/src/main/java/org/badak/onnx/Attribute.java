package org.badak.onnx;

import java.util.List;

/// A setting of an operation (AttributeProto).
///
/// @param message its fields
record Attribute(Message message) {
    private static final int NAME = 1;
    private static final int TYPE = 20;

    /// A whole number.
    static Attribute whole(String name, long value) {
        return new Attribute(named(name, 2).whole(3, value));
    }

    /// Whole numbers.
    static Attribute wholes(String name, long... values) {
        return new Attribute(named(name, 7).wholes(8, values));
    }

    /// A float32.
    static Attribute number(String name, double value) {
        return new Attribute(named(name, 1).number(2, (float) value));
    }

    /// A text.
    static Attribute text(String name, String value) {
        return new Attribute(named(name, 3).text(4, value));
    }

    /// Texts.
    static Attribute texts(String name, List<String> values) {
        return new Attribute(named(name, 8).texts(9, values));
    }

    /// What a Cast makes.
    static Attribute to(ElementType type) {
        return whole("to", type.number());
    }

    /// @param type number of the kind of value (AttributeProto.AttributeType)
    private static Message named(String name, int type) {
        return new Message().text(NAME, name).whole(TYPE, type);
    }
}
