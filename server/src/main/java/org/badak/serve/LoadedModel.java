package org.badak.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.badak.catalog.Inputs;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.data.DataException;
import org.badak.model.Predictor;
import org.badak.tabular.TableModel;
import org.badak.tabular.TargetEncoding;

/// A model that was read from its file, checked, and can answer. It never changes: another file makes another one.
///
/// @param name under which it is served
/// @param version 1 for the first, counted up with every file that takes its place
/// @param saved what the file holds
/// @param table how rows of a table become inputs, if it takes such
/// @param predictor shared between threads
/// @param sha256 of its parameters
public record LoadedModel(
        String name, int version, SavedModel saved, Optional<TableModel> table, Predictor predictor, String sha256) {
    /// Reads a model and has it answer once.
    ///
    /// @throws DataException if the file is not a model, or its answer is not finite
    static LoadedModel load(String name, Path file, int version) {
        SavedModel saved = ModelFile.read(file);
        Optional<TableModel> table = saved.inputs() instanceof Inputs.Table
                ? Optional.of(TableModel.of(saved, file.toString()))
                : Optional.empty();
        Predictor predictor = Predictor.of(saved.network(), saved.parameters());
        float[] result = new float[predictor.outputs()];
        predictor.predict(new float[predictor.inputs()], result);
        for (float value : result) {
            if (!Float.isFinite(value)) {
                throw new DataException(
                        "cannot serve the model: its answer to zeros is not finite",
                        file.toString(),
                        Float.toString(value),
                        "finite outputs",
                        "use an earlier checkpoint of the run; its training diverged");
            }
        }
        return new LoadedModel(
                name, version, saved, table, predictor, saved.parameters().sha256());
    }

    /// Names of the classes; empty for a model that answers with a number.
    public List<String> labels() {
        return saved.classNames();
    }

    /// The number that an output stands for, in the units of the target.
    double value(float output) {
        return table.orElseThrow().preparation().target() instanceof TargetEncoding.Values values
                ? values.mean() + values.deviation() * output
                : output;
    }

    /// What it is, in a line for readers.
    public String summary() {
        return saved.network().summary() + ", takes " + saved.inputs().text();
    }
}
