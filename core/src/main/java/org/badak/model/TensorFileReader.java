package org.badak.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.badak.data.DataException;
import org.badak.data.Json;
import org.badak.data.JsonException;

/// Reads the header of a safetensors file and checks it, in this order: size of the file; length of the header; JSON
/// (UTF-8, depth, duplicates, entries); dtype; rank, sizes and their product; length of each range; no hole and no
/// overlap from 0 to the end of the file.
final class TensorFileReader {
    private static final long MOST_HEADER = 100_000_000;
    private static final int MOST_RANK = 8;
    private static final int MOST_DIGITS = 18;
    private static final int MOST_SHOWN = 120;
    private static final int PIECE = 1 << 12;
    private static final List<String> TYPES =
            Arrays.stream(TensorType.values()).map(TensorType::name).toList();

    private final Path path;

    TensorFileReader(Path path) {
        this.path = path;
    }

    TensorFile open() {
        if (Files.isDirectory(path)) {
            throw error(path.toString(), "a folder", "a file", "name the model file in this folder");
        }
        try (FileChannel channel = FileChannel.open(path)) {
            long size = channel.size();
            if (size < Long.BYTES + 2) {
                throw error(path.toString(), size + " bytes", "at least " + (Long.BYTES + 2), "use a complete file");
            }
            ByteBuffer start = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            read(channel, 0, start);
            long length = start.getLong(0);
            long rest = size - Long.BYTES;
            if (length < 2 || length > Math.min(MOST_HEADER, rest)) {
                throw error(
                        DataException.at(path, 0),
                        "a header length of " + Long.toUnsignedString(length) + " bytes",
                        "2 to " + Math.min(MOST_HEADER, rest) + ", as the file has " + size + " bytes",
                        "this is not a safetensors file, or it was cut off: name a model.safetensors");
            }
            byte[] text = new byte[(int) length];
            read(channel, Long.BYTES, ByteBuffer.wrap(text));
            Json.Members header = header(text);
            Map<String, String> metadata = new LinkedHashMap<>();
            List<TensorFile.Entry> entries = new ArrayList<>();
            for (Map.Entry<String, Json> member : header.values().entrySet()) {
                if (member.getKey().equals(TensorFile.METADATA)) {
                    metadata.putAll(metadata(member.getValue()));
                } else {
                    entries.add(entry(member.getKey(), member.getValue()));
                }
            }
            entries.sort(Comparator.comparingLong(TensorFile.Entry::begin).thenComparingLong(TensorFile.Entry::end));
            requireContiguous(entries, rest - length);
            return new TensorFile(path, metadata, List.copyOf(entries), Long.BYTES + length);
        } catch (NoSuchFileException absent) {
            throw new DataException(
                    "cannot read the model file",
                    path.toString(),
                    "no such file",
                    "a safetensors file",
                    "check the spelling; train writes runs/<name>/model.safetensors",
                    absent);
        } catch (IOException failed) {
            throw new DataException(
                    "cannot read the model file",
                    path.toString(),
                    failed.toString(),
                    "a readable file",
                    "check its permissions and the disk that holds it",
                    failed);
        }
    }

    private Json.Members header(byte[] bytes) {
        if (bytes[0] != '{') {
            throw error(
                    DataException.at(path, Long.BYTES),
                    String.format("the byte %02x", bytes[0]),
                    "{, the beginning of the header",
                    "this is not a safetensors file: name a model.safetensors");
        }
        requireUtf8(ByteBuffer.wrap(bytes));
        try {
            String text = new String(bytes, StandardCharsets.UTF_8);
            return (Json.Members) Json.parse(text); // it begins with {
        } catch (JsonException malformed) {
            throw error(
                    path + ", header",
                    String.valueOf(malformed.getMessage()),
                    "strict JSON without duplicates",
                    "the file is damaged, or not a safetensors file: get it again");
        }
    }

    /// Decodes piece by piece, so that a large header is not copied for this.
    private void requireUtf8(ByteBuffer bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer piece = CharBuffer.allocate(PIECE);
        CoderResult result;
        do {
            piece.clear();
            result = decoder.decode(bytes, piece, true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw error(
                    DataException.at(path, Long.BYTES + bytes.position()) + ", header",
                    String.format("a byte %02x that is not UTF-8", bytes.get(bytes.position())),
                    "UTF-8 text",
                    "the file is damaged: get it again");
        }
    }

    private Map<String, String> metadata(Json value) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (!(value instanceof Json.Members(Map<String, Json> members))) {
            throw header(TensorFile.METADATA, value.toString(), "an object of strings");
        }
        for (Map.Entry<String, Json> member : members.entrySet()) {
            if (!(member.getValue() instanceof Json.Text(String text))) {
                throw header(
                        TensorFile.METADATA + "." + member.getKey(),
                        member.getValue().toString(),
                        "a string");
            }
            texts.put(member.getKey(), text);
        }
        return texts;
    }

    private TensorFile.Entry entry(String name, Json value) {
        if (!(value instanceof Json.Members(Map<String, Json> members))
                || members.size() != 3
                || !(members.get("dtype") instanceof Json.Text(String dtype))
                || !(members.get("shape") instanceof Json.Items(List<Json> sizes))
                || !(members.get("data_offsets") instanceof Json.Items(List<Json> offsets))
                || offsets.size() != 2) {
            throw header(name, value.toString(), "{\"dtype\":…,\"shape\":[…],\"data_offsets\":[begin,end]}");
        }
        if (!TYPES.contains(dtype)) {
            throw header(name + ", dtype", dtype, "one of " + String.join(", ", TYPES));
        }
        TensorType type = TensorType.valueOf(dtype);
        if (sizes.size() > MOST_RANK) {
            throw header(name + ", shape", "rank " + sizes.size(), "rank 0 to " + MOST_RANK);
        }
        List<Long> shape = new ArrayList<>();
        long count = 1;
        try {
            for (Json size : sizes) {
                shape.add(integer(name + ", shape", size));
                count = Math.multiplyExact(count, shape.getLast());
            }
            count = Math.multiplyExact(count, type.bytes());
        } catch (ArithmeticException overflow) {
            throw header(name + ", shape", value.toString(), "fewer than 2^63 bytes");
        }
        long begin = integer(name + ", data_offsets", offsets.get(0));
        long end = integer(name + ", data_offsets", offsets.get(1));
        if (end < begin || end - begin != count) {
            throw header(name + ", data_offsets", begin + " to " + end, count + " bytes, as dtype and shape say");
        }
        return new TensorFile.Entry(name, type, List.copyOf(shape), begin, end);
    }

    private long integer(String where, Json value) {
        if (value instanceof Json.Numeral(String digits)
                && digits.length() <= MOST_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Long.parseLong(digits);
        }
        throw header(where, value.toString(), "integers from 0 to 10^18");
    }

    private void requireContiguous(List<TensorFile.Entry> entries, long dataSize) {
        long next = 0;
        for (TensorFile.Entry entry : entries) {
            if (entry.begin() != next) {
                throw header(
                        entry.name() + ", data_offsets",
                        "a beginning at " + entry.begin(),
                        next + ", the end of the tensor before it: no hole and no overlap");
            }
            next = entry.end();
        }
        if (next != dataSize) {
            throw error(
                    path.toString(),
                    dataSize + " bytes of data",
                    next + ", as the header says",
                    next > dataSize ? "the file was cut off: get it again" : "something was appended: get it again");
        }
    }

    private void read(FileChannel channel, long position, ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target, position + target.position()) < 0) {
                throw error(
                        path.toString(),
                        "the end of the file",
                        target.capacity() + " bytes at offset " + position,
                        "the file was changed while it was read: try again");
            }
        }
    }

    private DataException header(String member, String found, String expected) {
        return error(
                path + ", header, " + shortened(member),
                shortened(found),
                expected,
                "the file is damaged or was not written by a safetensors writer: get it again");
    }

    private static String shortened(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    }

    private static DataException error(String where, String found, String expected, String remedy) {
        return new DataException("cannot read the model file", where, found, expected, remedy);
    }
}
