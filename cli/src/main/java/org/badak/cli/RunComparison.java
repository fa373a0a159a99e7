package org.badak.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.badak.data.DataException;
import org.badak.data.Json;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.TensorFile;
import org.badak.model.TensorType;
import org.badak.train.Checkpoint;
import org.badak.train.CheckpointFile;
import org.jspecify.annotations.Nullable;

/// Compares the record of a run with its repetition.
///
/// @param differences that of the readings, if any, first, then those that tell of the cause
/// @param cause the likely one of them
record RunComparison(List<Difference> differences, Cause cause) {
    private static final String CONTENT = "content_sha256"; // of the model
    private static final String END = "parameters_sha256"; // of result.json
    private static final Set<String> DATA =
            Set.of("data_sha256", "train_data_sha256", "held_data_sha256", "train_count", "test_count", "rows");
    private static final Set<String> ENVIRONMENT =
            Set.of("badak", "java", "kernels", "threads", "engine", "master", "made_by");
    private static final Set<String> NOT_COMPARED = Set.of("seconds", "run", "stopped");
    private static final int SHOWN = 70; // characters of a value

    /// Why a run did not give the same bits.
    enum Cause {
        /// None: they are the same.
        NONE("there is no difference", "차이가 없습니다"),
        /// What is learned or tested is not what it was.
        DATA("other data: the hashes of the data differ", "데이터가 다릅니다: 데이터의 해시가 다릅니다"),
        /// config.json does not say what the run did.
        CONFIGURATION(
                "another configuration: config.json is not that of the run", "설정이 다릅니다: config.json이 이 실행의 것이 아닙니다"),
        /// A file does not agree with the others, which are as they were.
        FILE(
                "the file was changed after the run, which gives the same parameters again",
                "실행 뒤에 파일이 바뀌었습니다. 다시 학습한 매개변수는 같습니다"),
        /// Another Badak or Java.
        VERSION(
                "another version of Badak or Java than the run's, see config.json",
                "실행할 때와 Badak 또는 Java 버전이 다릅니다(config.json 참고)"),
        /// Nothing that is recorded tells.
        UNKNOWN(
                "none that the record shows: a fault of the machine or of Badak; please report it",
                "기록으로는 알 수 없습니다. 기계나 Badak의 결함일 수 있으니 알려 주십시오");

        private final String english;
        private final String korean;

        Cause(String english, String korean) {
            this.english = english;
            this.korean = korean;
        }

        /// For people.
        String sentence() {
            return Texts.of(english, korean);
        }
    }

    /// Whether all bits are the same.
    boolean isSame() {
        return differences.isEmpty();
    }

    /// Compares.
    ///
    /// @param recorded what the run's folder holds
    /// @param again what the repetition's does
    static RunComparison of(RunRecord recorded, RunRecord again) {
        Optional<Difference> readings = readings(recorded, again);
        List<Difference> all = new ArrayList<>(readings.stream().toList());
        model(recorded, again).ifPresent(all::add);
        List<Difference> data = new ArrayList<>();
        List<Difference> configuration = new ArrayList<>();
        checkpoints(recorded, again, all, data, configuration);
        members("config.json", recorded.configuration(), again.configuration(), DATA, true)
                .ifPresent(data::add);
        members("config.json", recorded.configuration(), again.configuration(), union(DATA, ENVIRONMENT), false)
                .ifPresent(configuration::add);
        if (recorded.result().isPresent() && again.result().isPresent()) {
            Map<String, Json> then = recorded.result().get();
            Map<String, Json> now = again.result().get();
            members("result.json", then, now, DATA, true).ifPresent(data::add);
            members("result.json", then, now, union(DATA, NOT_COMPARED), false).ifPresent(all::add);
        }
        all.addAll(data);
        all.addAll(configuration);
        return new RunComparison(List.copyOf(all), cause(all, data, configuration, recorded, again));
    }

    private static Cause cause(
            List<Difference> all,
            List<Difference> data,
            List<Difference> configuration,
            RunRecord recorded,
            RunRecord again) {
        if (all.isEmpty()) {
            return Cause.NONE;
        }
        if (!data.isEmpty()) {
            return Cause.DATA;
        }
        if (!configuration.isEmpty()) {
            return Cause.CONFIGURATION;
        }
        boolean sameEnd = again.result().isPresent()
                && recorded.result()
                        .map(then -> shown(then.get(END))
                                .equals(shown(again.result().get().get(END))))
                        .orElse(false);
        if (sameEnd || recorded.hasHashes() && hashes(again).containsAll(hashes(recorded))) {
            return Cause.FILE;
        }
        return otherVersion(recorded, again) ? Cause.VERSION : Cause.UNKNOWN;
    }

    private static boolean otherVersion(RunRecord recorded, RunRecord again) {
        return ENVIRONMENT.stream()
                .filter(name -> !name.equals("threads") && !name.equals("made_by"))
                .anyMatch(name -> !String.valueOf(recorded.configuration().get(name))
                        .equals(String.valueOf(again.configuration().get(name))));
    }

    private static List<String> hashes(RunRecord run) {
        return run.lines().stream()
                .map(line -> String.valueOf(line.get(RunRecord.HASH)))
                .toList();
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    private static Optional<Difference> readings(RunRecord recorded, RunRecord again) {
        for (int i = 0; i < recorded.lines().size(); i++) {
            Map<String, Json> then = recorded.lines().get(i);
            String where = "metrics.jsonl, line " + (i + 1);
            if (i >= again.lines().size()) {
                return Optional.of(new Difference(where, "the reading", shown(then.get("step")), "none"));
            }
            Map<String, Json> now = again.lines().get(i);
            where += " (step " + now.get("step") + ", epoch " + now.get("epoch") + ")";
            if (then.isEmpty()) {
                return Optional.of(new Difference(where, "the line", "no JSON object", now.toString()));
            }
            Optional<Difference> other = members(where, then, now, NOT_COMPARED, false);
            if (other.isPresent()) {
                return other;
            }
        }
        if (recorded.result().isPresent()
                && again.lines().size() > recorded.lines().size()) {
            return Optional.of(new Difference(
                    "metrics.jsonl, line " + (recorded.lines().size() + 1),
                    "the reading",
                    "none",
                    shown(again.lines().get(recorded.lines().size()).get("step"))));
        }
        return Optional.empty();
    }

    /// The first member that differs; those that the record has not are newer than it.
    private static Optional<Difference> members(
            String where, Map<String, Json> then, Map<String, Json> now, Set<String> names, boolean these) {
        Map<String, Json> sorted = new LinkedHashMap<>();
        for (String name : List.of(RunRecord.HASH, END)) { // first: the numbers follow from the parameters
            Json hash = then.get(name);
            if (hash != null) {
                sorted.put(name, hash);
            }
        }
        sorted.putAll(then);
        for (Map.Entry<String, Json> member : sorted.entrySet()) {
            Json found = now.get(member.getKey());
            if (names.contains(member.getKey()) == these && !member.getValue().equals(found)) {
                return Optional.of(new Difference(where, member.getKey(), shown(member.getValue()), shown(found)));
            }
        }
        return Optional.empty();
    }

    private static String shown(@Nullable Json value) {
        String text = value == null ? "nothing" : value.toString();
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    }

    private static Optional<Difference> model(RunRecord recorded, RunRecord again) {
        Path file = recorded.folder().resolve(RunRecord.MODEL);
        if (!Files.exists(file)) {
            return recorded.result().isPresent()
                    ? Optional.of(new Difference(RunRecord.MODEL, "the file", "none", "a model"))
                    : Optional.empty();
        }
        try {
            TensorFile then = TensorFile.open(file);
            TensorFile now = TensorFile.open(again.folder().resolve(RunRecord.MODEL));
            Optional<Difference> tensor = tensors(RunRecord.MODEL, tensors(then), tensors(now));
            if (tensor.isPresent()) {
                return tensor;
            }
            Map<String, Json> metadata = new LinkedHashMap<>();
            Map<String, Json> others = new LinkedHashMap<>();
            then.metadata().forEach((name, value) -> metadata.put(name, Json.of(value)));
            now.metadata().forEach((name, value) -> others.put(name, Json.of(value)));
            Set<String> passedOver = new HashSet<>(Set.of("origin.badak"));
            if (!without(CONTENT, metadata).equals(without(CONTENT, others))) {
                passedOver.add(CONTENT); // which the words that are passed over are part of
            }
            return members(RunRecord.MODEL, metadata, others, passedOver, false);
        } catch (DataException damaged) {
            return Optional.of(new Difference(RunRecord.MODEL, "the file", damaged.found(), damaged.expected()));
        }
    }

    private static Map<String, Json> without(String name, Map<String, Json> members) {
        Map<String, Json> rest = new LinkedHashMap<>(members);
        rest.remove(name);
        return rest;
    }

    private static Map<String, Matrix> tensors(TensorFile file) {
        Map<String, Matrix> tensors = new LinkedHashMap<>();
        for (TensorFile.Entry entry : file.entries()) {
            Matrix tensor = Matrix.zeros(
                    entry.type() == TensorType.F64 ? Precision.FLOAT64 : Precision.FLOAT32,
                    entry.shape().getFirst().intValue(),
                    entry.shape().getLast().intValue());
            file.loadAny(entry, tensor);
            tensors.put(entry.name(), tensor);
        }
        return tensors;
    }

    private static void checkpoints(
            RunRecord recorded,
            RunRecord again,
            List<Difference> all,
            List<Difference> data,
            List<Difference> configuration) {
        for (Path file : recorded.checkpoints()) {
            String name = String.valueOf(file.getFileName());
            try {
                Checkpoint then = CheckpointFile.read(file);
                if (again.checkpoints().isEmpty()) {
                    continue;
                }
                Checkpoint now = CheckpointFile.read(again.checkpoints().getFirst());
                if (!then.dataHash().equals(now.dataHash())) {
                    data.add(new Difference(name, "data_sha256", then.dataHash(), now.dataHash()));
                }
                then.configuration().forEach((word, value) -> {
                    String found = now.configuration().getOrDefault(word, "nothing");
                    if (!value.equals(found)) {
                        configuration.add(new Difference(name, word, value, found));
                    }
                });
                if (then.step() == now.step()) {
                    tensors(name, then.tensors(), now.tensors()).ifPresent(all::add);
                }
            } catch (DataException damaged) {
                all.add(new Difference(name, "the file", damaged.found(), damaged.expected()));
            }
        }
    }

    /// The first element that differs; series of numbers, which have seconds among them, are left out.
    private static Optional<Difference> tensors(String where, Map<String, Matrix> then, Map<String, Matrix> now) {
        int differing = 0;
        Optional<Difference> first = Optional.empty();
        for (Map.Entry<String, Matrix> each : then.entrySet()) {
            if (each.getKey().startsWith(Checkpoint.STATE + "series.")) {
                continue;
            }
            Matrix other = now.get(each.getKey());
            Optional<Difference> element = other == null
                    ? Optional.of(
                            new Difference(where, each.getKey(), each.getValue().toString(), "nothing"))
                    : element(where, each.getKey(), each.getValue(), other);
            differing += element.isPresent() ? 1 : 0;
            first = first.or(() -> element);
        }
        int count = differing;
        int of = then.size();
        return first.map(each -> new Difference(
                each.where(), each.what(), each.recorded(), each.found() + " (" + count + " of " + of + " tensors)"));
    }

    private static Optional<Difference> element(String where, String name, Matrix then, Matrix now) {
        if (!then.shape().equals(now.shape()) || then.precision() != now.precision()) {
            return Optional.of(new Difference(where, name, then.toString(), now.toString()));
        }
        for (int i = 0; i < then.rows(); i++) {
            for (int j = 0; j < then.columns(); j++) {
                if (Double.doubleToRawLongBits(then.get(i, j)) != Double.doubleToRawLongBits(now.get(i, j))) {
                    return Optional.of(new Difference(
                            where,
                            name + "[" + i + ", " + j + "]",
                            Double.toString(then.get(i, j)),
                            Double.toString(now.get(i, j))));
                }
            }
        }
        return Optional.empty();
    }
}
