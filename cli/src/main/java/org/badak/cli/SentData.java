package org.badak.cli;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.badak.data.Dataset;
import org.badak.data.FeatureDataset;
import org.badak.data.ImageDataset;
import org.badak.data.Json;
import org.badak.gradient.EngineException;
import org.badak.matrix.Shape;

/// What all trials of a search share as bytes: options and data.
final class SentData {
    /// Writes something.
    interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private SentData() {}

    /// The bytes that a writer makes.
    ///
    /// @throws EngineException if they are more than an array has room for
    static byte[] of(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            content.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("an array takes all bytes", impossible);
        } catch (OutOfMemoryError large) {
            throw new EngineException(
                    "cannot send the data to the executors: they are too large",
                    "the data of the search",
                    "more than " + bytes.size() + " bytes",
                    "at most 1 GB, which every executor holds",
                    "search with fewer examples, --train-count N, or in one process",
                    large);
        }
        return bytes.toByteArray();
    }

    static void write(DataOutputStream out, TrialOptions options) throws IOException {
        write(out, options.shared().toString().getBytes(StandardCharsets.UTF_8));
    }

    static TrialOptions options(DataInputStream in) throws IOException {
        if (Json.parse(new String(bytes(in), StandardCharsets.UTF_8)) instanceof Json.Members members) {
            return new TrialOptions(members);
        }
        throw new IOException("options: expected an object");
    }

    static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length != length) {
            throw new IOException("expected " + length + " bytes, found " + bytes.length);
        }
        return bytes;
    }

    static void write(DataOutputStream out, int[] numbers) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(numbers.length, Integer.BYTES));
        bytes.asIntBuffer().put(numbers);
        write(out, bytes.array());
    }

    static int[] numbers(DataInputStream in) throws IOException {
        byte[] bytes = bytes(in);
        int[] numbers = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).asIntBuffer().get(numbers);
        return numbers;
    }

    static void write(DataOutputStream out, Dataset data) throws IOException {
        out.writeUTF(data.name());
        out.writeInt(data.classes());
        write(out, data.labels());
        switch (data) {
            case ImageDataset images -> {
                out.writeBoolean(true);
                out.writeInt(images.rows());
                out.writeInt(images.columns());
                write(out, images.pixels());
            }
            case FeatureDataset features -> {
                out.writeBoolean(false);
                out.writeUTF(features.shape().toString());
                out.writeBoolean(features.bytes());
                ByteBuffer values = ByteBuffer.allocate(Math.multiplyExact(features.values().length, Float.BYTES));
                values.asFloatBuffer().put(features.values());
                write(out, values.array());
            }
        }
    }

    static Dataset dataset(DataInputStream in) throws IOException {
        String name = in.readUTF();
        int classes = in.readInt();
        int[] labels = numbers(in);
        if (in.readBoolean()) {
            return new ImageDataset(name, in.readInt(), in.readInt(), classes, bytes(in), labels);
        }
        Shape shape = Shape.parse(in.readUTF());
        boolean ofBytes = in.readBoolean();
        byte[] bytes = bytes(in);
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return new FeatureDataset(name, shape, ofBytes, classes, values, labels);
    }
}
