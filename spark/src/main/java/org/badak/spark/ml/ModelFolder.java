package org.badak.spark.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import scala.Option;

/// A saved model: a folder of any file system that Spark knows, with Spark's `metadata` (the
/// parameters of the stage) and Badak's `model.safetensors`, which `badak predict` and
/// `badak serve` read too.
final class ModelFolder {
    private static final String FILE = "model.safetensors";

    private ModelFolder() {}

    /// Writes it.
    static final class Writer extends MLWriter {
        private final Params stage;
        private final SavedModel model;

        Writer(Params stage, SavedModel model) {
            this.stage = stage;
            this.model = model;
        }

        @Override
        public void saveImpl(String folder) {
            DefaultParamsWriter.saveMetadata(stage, folder, sparkSession());
            passing(file -> {
                ModelFile.write(file, model);
                org.apache.hadoop.fs.Path target = target(folder);
                system(target, sc().hadoopConfiguration())
                        .copyFromLocalFile(false, true, new org.apache.hadoop.fs.Path(file.toUri()), target);
                return target;
            });
        }
    }

    /// Makes a stage of what was read.
    interface Maker<T extends Params> {
        /// @param uid of the stage
        T make(String uid, SavedModel model);
    }

    /// Reads it.
    ///
    /// @param <T> what is read
    static final class Reader<T extends Params> extends MLReader<T> {
        private final Class<T> type;
        private final Maker<T> maker;

        Reader(Class<T> type, Maker<T> maker) {
            this.type = type;
            this.maker = maker;
        }

        @Override
        public T load(String folder) {
            DefaultParamsReader.Metadata metadata =
                    DefaultParamsReader.loadMetadata(folder, sparkSession(), type.getName());
            SavedModel model = passing(file -> {
                org.apache.hadoop.fs.Path source = target(folder);
                system(source, sc().hadoopConfiguration())
                        .copyToLocalFile(false, source, new org.apache.hadoop.fs.Path(file.toUri()), true);
                return ModelFile.read(file);
            });
            T stage = maker.make(metadata.uid(), model);
            metadata.getAndSetParams(stage, Option.empty());
            return stage;
        }
    }

    /// What is done with a file of this machine.
    private interface Passage<T> {
        T through(Path file) throws IOException;
    }

    /// Badak's files are read and written on this machine, and copied from and to where Spark keeps
    /// them.
    private static <T> T passing(Passage<T> passage) {
        try {
            Path folder = Files.createTempDirectory("badak-spark-");
            Path file = folder.resolve(FILE);
            try {
                return passage.through(file);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static org.apache.hadoop.fs.Path target(String folder) {
        return new org.apache.hadoop.fs.Path(folder, FILE);
    }

    private static FileSystem system(org.apache.hadoop.fs.Path path, Configuration configuration) throws IOException {
        return path.getFileSystem(configuration);
    }
}
