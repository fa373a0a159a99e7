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
import java.util.function.Predicate;
import org.badak.data.DataException;
import org.badak.data.JsonException;
import org.badak.data.JsonReader;

/// Reads the header of a safetensors file and checks it, in this order: size of the file; length
/// of the header; JSON (UTF-8, depth, entries); names, dtype; rank, sizes and their product;
/// length of each range; no hole and no overlap from 0 to the end of the file.
///
/// It takes memory for what a header may hold alone, and not for what stands there instead: a
/// header is checked as JSON before anything is made of it, and no tree is. So a file that is
/// refused has cost at most 4 times its size and a megabyte. Java takes up to 11 bytes for a byte
/// of text that is not ASCII; where it is long, it is read if the data are large too, as those of
/// a model with so many words are.
final class TensorFileReader {
    private static final long MOST_HEADER = 100_000_000;
    private static final int MOST_RANK = 8;
    private static final int MOST_SHOWN = 120;
    private static final int PIECE = 1 << 12;
    private static final int MOST_METADATA = 1000;
    private static final int MOST_TENSORS = 2500;
    private static final int WIDE_BYTE = 4; // bytes of memory for a byte of a header that is not ASCII
    private static final int WIDE_CHARACTER = 7; // and for a character of it
    private static final long ALLOWED = 4; // bytes of memory for a byte of the file, and
    private static final long ANYWAY = 700_000; // bytes
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
            Map<String, String> metadata = new LinkedHashMap<>();
            Map<String, TensorFile.Entry> named = new LinkedHashMap<>();
            read(text(text, size), metadata, named);
            List<TensorFile.Entry> entries = new ArrayList<>(named.values());
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

    /// Checks bytes and JSON of a header.
    private String text(byte[] bytes, long size) {
        if (bytes[0] != '{') {
            throw error(
                    DataException.at(path, Long.BYTES),
                    String.format("the byte %02x", bytes[0]),
                    "{, the beginning of the header",
                    "this is not a safetensors file: name a model.safetensors");
        }
        long wide = wideCharacters(bytes);
        if (wide > 0 && WIDE_BYTE * (long) bytes.length + WIDE_CHARACTER * wide > ALLOWED * size + ANYWAY) {
            throw error(
                    path + ", header",
                    bytes.length + " bytes of text, not ASCII alone, in a file of " + size,
                    "more data for as much text, or less text",
                    "the file is damaged, or not a safetensors file: get it again");
        }
        String text = new String(bytes, wide > 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        try {
            JsonReader reader = new JsonReader(text);
            reader.skip();
            reader.end();
        } catch (JsonException malformed) {
            throw malformed(malformed);
        }
        return text;
    }

    /// How many characters a header has that is not ASCII or has escapes of other characters; 0 of
    /// one that is. Decodes piece by piece, so that nothing is copied.
    private long wideCharacters(byte[] header) {
        ByteBuffer bytes = ByteBuffer.wrap(header);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer piece = CharBuffer.allocate(PIECE);
        boolean wide = false;
        long count = 0;
        char before = 0;
        CoderResult result;
        do {
            piece.clear();
            result = decoder.decode(bytes, piece, true);
            for (int i = 0; i < piece.position(); i++) {
                char c = piece.get(i);
                wide |= c >= 0x80 || before == '\\' && c == 'u';
                before = c;
            }
            count += piece.position();
        } while (result.isOverflow());
        if (result.isError()) {
            throw error(
                    DataException.at(path, Long.BYTES + bytes.position()) + ", header",
                    String.format("a byte %02x that is not UTF-8", bytes.get(bytes.position())),
                    "UTF-8 text",
                    "the file is damaged: get it again");
        }
        return wide ? count : 0;
    }

    private DataException malformed(JsonException malformed) {
        return error(
                path + ", header",
                String.valueOf(malformed.getMessage()),
                "strict JSON without duplicates",
                "the file is damaged, or not a safetensors file: get it again");
    }

    /// Reads a header that is known to be JSON.
    private void read(String header, Map<String, String> metadata, Map<String, TensorFile.Entry> tensors) {
        boolean[] described = {false}; // __metadata__ was there
        try {
            JsonReader reader = new JsonReader(header);
            Form form = new Form(reader);
            reader.members(name -> {
                if (!name.equals(TensorFile.METADATA)) {
                    requireFewer(tensors.size(), MOST_TENSORS, "tensors");
                    return tensors.put(name, form.entry(name)) == null;
                }
                readMetadata(reader, metadata);
                boolean first = !described[0];
                described[0] = true;
                return first;
            });
        } catch (JsonException twice) {
            throw malformed(twice);
        }
    }

    private void readMetadata(JsonReader reader, Map<String, String> texts) {
        if (reader.next() != '{') {
            throw header(TensorFile.METADATA, rest(reader), "an object of strings");
        }
        reader.members(name -> {
            requireFewer(texts.size(), MOST_METADATA, "texts in " + TensorFile.METADATA);
            if (reader.next() != '"') {
                throw header(TensorFile.METADATA + "." + name, rest(reader), "a string");
            }
            return texts.put(name, reader.string()) == null;
        });
    }

    private void requireFewer(int count, int most, String what) {
        if (count == most) {
            throw error(
                    path + ", header",
                    "more than " + most + " " + what,
                    "at most as many",
                    "the file is damaged or was not written by Badak: get it again");
        }
    }

    /// Reads what a header says of its tensors, one after the other: what is needed for one serves for the next.
    private final class Form {
        private final JsonReader reader;
        private final Predicate<String> member = this::member;
        private final Runnable size = this::size;
        private final Runnable offset = this::offset;
        private final long[] sizes = new long[MOST_RANK];
        private final long[] offsets = new long[2];
        private String name = "";
        private String dtype = "";
        private int start;
        private int rank;
        private int ends;

        Form(JsonReader reader) {
            this.reader = reader;
        }

        TensorFile.Entry entry(String tensor) {
            name = tensor;
            dtype = "";
            rank = -1;
            ends = -1;
            char kind = reader.next();
            start = reader.at();
            if (kind == '{') {
                reader.members(member);
            }
            if (dtype.isEmpty() || rank < 0 || ends != 2) {
                throw misfit();
            }
            if (rank > MOST_RANK) {
                throw header(name + ", shape", "rank " + rank, "rank 0 to " + MOST_RANK);
            }
            TensorType type = TensorType.valueOf(dtype);
            List<Long> shape = new ArrayList<>(rank);
            long count = type.bytes();
            try {
                for (int i = 0; i < rank; i++) {
                    shape.add(sizes[i]);
                    count = Math.multiplyExact(count, sizes[i]);
                }
            } catch (ArithmeticException overflow) {
                throw header(name + ", shape", shape + " and so on", "fewer than 2^63 bytes");
            }
            if (offsets[1] < offsets[0] || offsets[1] - offsets[0] != count) {
                throw header(
                        name + ", data_offsets",
                        offsets[0] + " to " + offsets[1],
                        count + " bytes, as dtype and shape say");
            }
            return new TensorFile.Entry(name, type, List.copyOf(shape), offsets[0], offsets[1]);
        }

        /// Reads a member; false if it was there before.
        private boolean member(String text) {
            char kind = reader.next();
            if (text.equals("dtype") && kind == '"') {
                boolean first = dtype.isEmpty();
                dtype = reader.string();
                if (!TYPES.contains(dtype)) {
                    throw header(name + ", dtype", dtype, "one of " + String.join(", ", TYPES));
                }
                return first;
            }
            if (text.equals("shape") && kind == '[') {
                boolean first = rank < 0;
                rank = 0;
                reader.items(size);
                return first;
            }
            if (text.equals("data_offsets") && kind == '[') {
                boolean first = ends < 0;
                ends = 0;
                reader.items(offset);
                return first;
            }
            throw misfit();
        }

        private void size() {
            number("shape", sizes, rank++);
        }

        private void offset() {
            number("data_offsets", offsets, ends++);
        }

        /// Reads a whole number into its place, if there is one for it.
        private void number(String what, long[] numbers, int place) {
            long number = reader.natural();
            if (number < 0) {
                int begin = reader.at();
                reader.skip();
                throw header(
                        name + ", " + what,
                        reader.from(begin, Math.min(reader.at() - begin, MOST_SHOWN + 1)),
                        "integers from 0 to 10^18");
            }
            if (place < numbers.length) {
                numbers[place] = number;
            }
        }

        private DataException misfit() {
            return header(
                    name,
                    reader.from(start, MOST_SHOWN + 1),
                    "{\"dtype\":…,\"shape\":[…],\"data_offsets\":[begin,end]}");
        }
    }

    private static String rest(JsonReader reader) {
        return reader.from(reader.at(), MOST_SHOWN + 1);
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
