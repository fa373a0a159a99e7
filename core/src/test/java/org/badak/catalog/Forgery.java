package org.badak.catalog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.badak.data.Digests;
import org.badak.data.Json;
import org.badak.model.TensorFile;

/// A model file in parts, to be changed by somebody who knows how to hash: whatever is changed, the hash of the content
/// fits, unless it is what is changed.
final class Forgery {
    private final Map<String, String> metadata = new LinkedHashMap<>(); // name to JSON
    private final Map<String, String> tensors = new LinkedHashMap<>(); // name to JSON
    private byte[] data;
    private boolean hashed = true;

    /// Takes a model file apart.
    Forgery(byte[] model) {
        int length = (int) ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN).getLong();
        Json header = Json.parse(new String(model, Long.BYTES, length, StandardCharsets.UTF_8));
        ((Json.Members) header).values().forEach((name, value) -> {
            if (name.equals(TensorFile.METADATA)) {
                ((Json.Members) value).values().forEach((each, text) -> metadata.put(each, text.toString()));
            } else {
                tensors.put(name, value.toString());
            }
        });
        data = Arrays.copyOfRange(model, Long.BYTES + length, model.length);
    }

    /// Sets a member of the metadata to a string.
    Forgery with(String name, String text) {
        return withJson(name, Json.of(text).toString());
    }

    /// Sets a member of the metadata to any JSON.
    Forgery withJson(String name, String json) {
        metadata.put(name, json);
        hashed &= !name.equals(TensorFile.CONTENT_HASH);
        return this;
    }

    /// Leaves a member of the metadata out.
    Forgery without(String name) {
        metadata.remove(name);
        hashed &= !name.equals(TensorFile.CONTENT_HASH);
        return this;
    }

    /// Sets what the header says of a tensor.
    Forgery tensor(String name, String json) {
        tensors.put(name, json);
        return this;
    }

    /// Replaces words in what the header says of a tensor.
    Forgery tensor(String name, String from, String to) {
        return tensor(name, tensors.get(name).replace(from, to));
    }

    /// Leaves a tensor out of the header.
    Forgery withoutTensor(String name) {
        tensors.remove(name);
        return this;
    }

    /// Calls a tensor something else, in its place.
    Forgery renamed(String from, String to) {
        Map<String, String> all = new LinkedHashMap<>(tensors);
        tensors.clear();
        all.forEach((name, json) -> tensors.put(name.equals(from) ? to : name, json));
        return this;
    }

    /// Overwrites a number of the data.
    Forgery number(int at, float value) {
        ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putFloat(at, value);
        return this;
    }

    /// Makes the data longer or shorter.
    Forgery dataLength(int length) {
        data = Arrays.copyOf(data, length);
        return this;
    }

    int dataLength() {
        return data.length;
    }

    byte[] data() {
        return data;
    }

    /// The header, hashed.
    String header() {
        if (hashed) {
            metadata.put(TensorFile.CONTENT_HASH, "\"\"");
            var digest = Digests.sha256();
            digest.update(text().getBytes(StandardCharsets.UTF_8));
            digest.update(data);
            metadata.put(TensorFile.CONTENT_HASH, '"' + Digests.hexadecimal(digest) + '"');
        }
        return text();
    }

    private String text() {
        StringBuilder text = new StringBuilder("{\"__metadata__\":{");
        metadata.forEach((name, json) -> text.append(text.length() > 17 ? "," : "")
                .append(Json.of(name))
                .append(':')
                .append(json));
        text.append('}');
        tensors.forEach((name, json) ->
                text.append(',').append(Json.of(name)).append(':').append(json));
        return text.append('}').toString();
    }

    /// The file.
    byte[] bytes() {
        return file(header());
    }

    /// The file with another header.
    byte[] file(String header) {
        return file(header.getBytes(StandardCharsets.UTF_8));
    }

    /// The file with another header.
    byte[] file(byte[] header) {
        return file(header.length, header, data);
    }

    /// A file of parts that need not fit.
    static byte[] file(long length, byte[] header, byte[] data) {
        return ByteBuffer.allocate(Long.BYTES + header.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(header)
                .put(data)
                .array();
    }
}
