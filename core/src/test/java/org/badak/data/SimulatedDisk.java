package org.badak.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// A file system in memory that records what is asked of it and enumerates what a crash could have left: after
/// every operation, every subset of what was not forced. Bytes are lost in blocks of 512, names one by one, in any
/// order; a file that lost its last blocks is shorter, or as long and zero there.
///
/// It is more malicious than file systems are: it keeps a rename and loses the bytes, or a later name and not
/// an earlier one.
public final class SimulatedDisk implements Storage {
    private static final int BLOCK = 512;
    private static final int MOST_UNSETTLED = 20;

    private sealed interface Operation {}

    private record Made(Path name, int file) implements Operation {}

    private record Wrote(int file, int offset, byte[] bytes) implements Operation {}

    private record Forced(int file) implements Operation {}

    private record Renamed(Path from, Path to) implements Operation {}

    private record Deleted(Path name) implements Operation {}

    private record FolderForced(Path folder) implements Operation {}

    /// An operation, or a block of one.
    ///
    /// @param number position of the operation
    /// @param bit which bit of a subset says whether it survives; -1 if it does in any case
    private record Part(Operation operation, int number, int bit) {}

    /// What is on the disk, by name.
    ///
    /// @param files content by name
    public record State(Map<Path, byte[]> files) {
        /// The content of a file; empty if there is none.
        public byte[] content(Path name) {
            return files.getOrDefault(name, new byte[0]);
        }
    }

    private final List<Operation> operations = new ArrayList<>();
    private final Map<Path, Integer> names = new LinkedHashMap<>();
    private final List<byte[]> contents = new ArrayList<>();
    private Map<Path, byte[]> settled = Map.of();

    /// How many operations there were since the disk was settled.
    public int operations() {
        return operations.size();
    }

    /// Takes what there is now for what has reached the device long ago.
    public void settle() {
        settled = new TreeMap<>();
        names.forEach((name, file) -> settled.put(name, contents.get(file)));
        operations.clear();
    }

    /// The names there are now.
    public Set<Path> names() {
        return names.keySet();
    }

    /// The content of a file now; empty if there is none.
    public byte[] content(Path name) {
        Integer file = names.get(name);
        return file == null ? new byte[0] : contents.get(file);
    }

    /// Hands over every state that a crash could leave, with the number of operations that came before it.
    ///
    /// @return how many there were
    public int crash(BiConsumer<Integer, State> state) {
        int states = 0;
        for (int done = 0; done <= operations.size(); done++) {
            states += crash(done, state);
        }
        return states;
    }

    private int crash(int done, BiConsumer<Integer, State> consumer) {
        List<Part> parts = new ArrayList<>();
        int unsettled = 0;
        for (int i = 0; i < done; i++) {
            for (Operation part : blocks(operations.get(i))) {
                boolean forced = isForced(part, operations.subList(i + 1, done));
                parts.add(new Part(part, i, forced ? -1 : unsettled++));
            }
        }
        if (unsettled > MOST_UNSETTLED) {
            throw new IllegalStateException("too many operations to try all subsets: " + unsettled);
        }
        Set<String> seen = new HashSet<>();
        for (long kept = 0; kept < 1L << unsettled; kept++) {
            for (boolean shorter : new boolean[] {true, false}) {
                State state = replay(parts, kept, shorter);
                if (seen.add(text(state))) {
                    consumer.accept(done, state);
                }
            }
        }
        return seen.size();
    }

    private static String text(State state) {
        StringBuilder text = new StringBuilder();
        state.files()
                .forEach((name, content) -> text.append(name)
                        .append(' ')
                        .append(content.length)
                        .append(' ')
                        .append(Arrays.hashCode(content))
                        .append('\n'));
        return text.toString();
    }

    private State replay(List<Part> parts, long kept, boolean shorter) {
        Map<Path, Integer> found = new LinkedHashMap<>();
        Map<Integer, byte[]> bytes = new LinkedHashMap<>();
        Map<Path, byte[]> before = new LinkedHashMap<>(settled);
        for (Part part : parts) {
            boolean lost = part.bit() >= 0 && (kept >> part.bit() & 1) == 0;
            switch (part.operation()) {
                case Wrote(int file, int offset, byte[] some) -> {
                    if (!lost || !shorter) {
                        byte[] old = bytes.getOrDefault(file, new byte[0]);
                        byte[] grown = Arrays.copyOf(old, Math.max(old.length, offset + some.length));
                        System.arraycopy(lost ? new byte[some.length] : some, 0, grown, offset, some.length);
                        bytes.put(file, grown);
                    }
                }
                case Made(Path name, int file) -> {
                    if (!lost) {
                        found.put(name, file);
                    }
                }
                case Renamed(Path from, Path to) -> {
                    if (!lost) {
                        found.remove(from);
                        before.remove(from);
                        before.remove(to);
                        found.put(to, fileNamed(from, part.number()));
                    }
                }
                case Deleted(Path name) -> {
                    if (!lost) {
                        found.remove(name);
                        before.remove(name);
                    }
                }
                case Forced _, FolderForced _ -> {}
            }
        }
        Map<Path, byte[]> files = new TreeMap<>(before);
        found.forEach((name, file) -> files.put(name, bytes.getOrDefault(file, new byte[0])));
        return new State(files);
    }

    /// Which file an operation renamed, whatever became of the operation that gave it its name.
    private int fileNamed(Path name, int until) {
        Map<Path, Integer> then = new LinkedHashMap<>();
        for (Operation operation : operations.subList(0, until)) {
            switch (operation) {
                case Made(Path made, int file) -> then.put(made, file);
                case Renamed(Path from, Path to) -> then.put(to, then.getOrDefault(from, -1));
                case Deleted(Path deleted) -> then.remove(deleted);
                case Wrote _, Forced _, FolderForced _ -> {}
            }
        }
        return then.getOrDefault(name, -1);
    }

    private static List<Operation> blocks(Operation operation) {
        if (!(operation instanceof Wrote(int file, int offset, byte[] bytes))) {
            return List.of(operation);
        }
        List<Operation> parts = new ArrayList<>();
        for (int begin = offset; begin < offset + bytes.length; ) {
            int end = Math.min((begin / BLOCK + 1) * BLOCK, offset + bytes.length);
            parts.add(new Wrote(file, begin, Arrays.copyOfRange(bytes, begin - offset, end - offset)));
            begin = end;
        }
        return parts;
    }

    private static boolean isForced(Operation operation, List<Operation> later) {
        return switch (operation) {
            case Wrote wrote ->
                later.stream().anyMatch(each -> each instanceof Forced(int file) && file == wrote.file());
            case Made made -> forcedFolder(made.name(), later);
            case Renamed renamed -> forcedFolder(renamed.to(), later);
            case Deleted deleted -> forcedFolder(deleted.name(), later);
            case Forced _, FolderForced _ -> true;
        };
    }

    private static boolean forcedFolder(Path name, List<Operation> later) {
        return later.stream()
                .anyMatch(each -> each instanceof FolderForced(Path folder) && folder.equals(name.getParent()));
    }

    @Override
    public Output create(Path file) throws IOException {
        if (names.containsKey(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        int number = contents.size();
        names.put(file, number);
        contents.add(new byte[0]);
        operations.add(new Made(file, number));
        return new Open(number);
    }

    @Override
    public Output append(Path file) throws IOException {
        return new Open(existing(file));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        int file = existing(from);
        names.remove(from);
        names.put(to, file);
        operations.add(new Renamed(from, to));
    }

    @Override
    public void delete(Path file) throws IOException {
        existing(file);
        names.remove(file);
        operations.add(new Deleted(file));
    }

    @Override
    public void forceFolder(Path folder) {
        operations.add(new FolderForced(folder));
    }

    private int existing(Path name) throws IOException {
        Integer file = names.get(name);
        if (file == null) {
            throw new FileNotFoundException(name.toString());
        }
        return file;
    }

    private final class Open implements Output {
        private final int file;

        Open(int file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer bytes) {
            byte[] some = new byte[bytes.remaining()];
            bytes.get(some);
            byte[] old = contents.get(file);
            byte[] grown = Arrays.copyOf(old, old.length + some.length);
            System.arraycopy(some, 0, grown, old.length, some.length);
            contents.set(file, grown);
            operations.add(new Wrote(file, old.length, some));
            return some.length;
        }

        @Override
        public void force() {
            operations.add(new Forced(file));
        }

        @Override
        public void close() {}
    }
}
