package org.badak.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.badak.catalog.Suggestion;
import org.badak.data.Json;
import org.badak.server.Refusal;

/// What the Open Inference Protocol answers: metadata and tensors.
///
/// @param mostRows examples of one request
record Inference(int mostRows) {
    private static final String PROBABILITIES = "probabilities";
    private static final String LABELS = "labels";
    private static final String VALUES = "values";

    /// Metadata of the server.
    Json server() {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("name", Json.of("badak"));
        members.put(
                "version",
                Json.of(Optional.ofNullable(Inference.class.getModule().getDescriptor())
                        .flatMap(java.lang.module.ModuleDescriptor::rawVersion)
                        .orElse("")));
        members.put("extensions", new Json.Items(List.of()));
        return new Json.Members(members);
    }

    /// Metadata of a model.
    Json model(LoadedModel model) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("name", Json.of(model.name()));
        members.put("versions", Json.of(List.of(Integer.toString(model.version()))));
        members.put("platform", Json.of("badak"));
        members.put("inputs", new Json.Items(new TensorInputs(model, mostRows).metadata()));
        List<Json> outputs = new ArrayList<>();
        if (model.labels().isEmpty()) {
            outputs.add(TensorInputs.tensor(VALUES, "FP64", -1));
        } else {
            outputs.add(TensorInputs.tensor(
                    PROBABILITIES, "FP32", -1, model.predictor().outputs()));
            outputs.add(TensorInputs.tensor(LABELS, "BYTES", -1));
        }
        members.put("outputs", new Json.Items(outputs));
        Map<String, Json> parameters = new LinkedHashMap<>();
        if (!model.labels().isEmpty()) {
            parameters.put("classes", Json.of(model.labels()));
        }
        parameters.put("sha256", Json.of(model.sha256()));
        members.put("parameters", new Json.Members(parameters));
        return new Json.Members(members);
    }

    /// The outputs that are wanted; all where none is named.
    ///
    /// @throws Refusal 400 if the model has no such output
    List<String> requireOutputs(LoadedModel model, List<String> wanted) {
        List<String> known = model.labels().isEmpty() ? List.of(VALUES) : List.of(PROBABILITIES, LABELS);
        for (String name : wanted) {
            if (!known.contains(name)) {
                throw new Refusal(
                        400,
                        "the model has no such output",
                        "the body, outputs",
                        Refusal.quoted(name),
                        String.join(", ", known),
                        Suggestion.nearest(name, known)
                                .map(nearest -> "did you mean " + nearest + "?")
                                .orElse("leave outputs out to have all"));
            }
        }
        return wanted.isEmpty() ? known : List.copyOf(new java.util.LinkedHashSet<>(wanted));
    }

    /// The answer to a request.
    ///
    /// @param id of the request
    /// @param wanted names of outputs
    Json answer(Answers answers, Optional<String> id, List<String> wanted) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("model_name", Json.of(answers.model().name()));
        members.put("model_version", Json.of(Integer.toString(answers.model().version())));
        id.ifPresent(sent -> members.put("id", Json.of(sent)));
        List<Json> outputs = new ArrayList<>();
        for (String name : wanted) {
            outputs.add(output(answers, name));
        }
        members.put("outputs", new Json.Items(outputs));
        return new Json.Members(members);
    }

    private static Json output(Answers answers, String name) {
        LoadedModel model = answers.model();
        int rows = answers.rows();
        List<Json> data = new ArrayList<>();
        Json head;
        switch (name) {
            case PROBABILITIES -> {
                head = TensorInputs.tensor(name, "FP32", rows, model.predictor().outputs());
                for (float value : answers.outputs()) {
                    data.add(Answers.number(value));
                }
            }
            case LABELS -> {
                head = TensorInputs.tensor(name, "BYTES", rows);
                for (int row = 0; row < rows; row++) {
                    data.add(Json.of(model.labels().get(answers.best(row))));
                }
            }
            case VALUES -> {
                head = TensorInputs.tensor(name, "FP64", rows);
                for (int row = 0; row < rows; row++) {
                    data.add(Json.of(model.value(answers.outputs()[row])));
                }
            }
            default -> throw new IllegalArgumentException("no output " + name);
        }
        Map<String, Json> members = new LinkedHashMap<>(((Json.Members) head).values());
        members.put("data", new Json.Items(data));
        return new Json.Members(members);
    }
}
