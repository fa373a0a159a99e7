package org.badak.data;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;

/// MNIST, or a data set published in its form: four IDX files of ten classes, found on this machine
/// or downloaded.
///
/// Looked for in this order: the folders of [DataLocations#homes], then its cache; below each in a
/// folder of the data set's name. Each file may be plain or gzip, and may be named in the publisher's
/// way (`train-images-idx3-ubyte`) or the other current one (`train-images.idx3-ubyte`), with or
/// without `.gz`. What is found is used as it is; [#verify] and [#fetch] compare digests.
///
/// @param name name of the folder, such as `mnist`
/// @param title name for readers, such as `MNIST`
/// @param classNames what the labels 0, 1, 2 … stand for
/// @param mirrors addresses of folders that hold the files, each ending in `/`
/// @param files training images, training labels, test images, test labels
public record MnistSource(String name, String title, List<String> classNames, List<URI> mirrors, List<DataFile> files) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(20);
    private static final ReentrantLock ONE_FETCH = new ReentrantLock();

    /// Copies the lists.
    ///
    /// @throws IllegalArgumentException if there are not four files
    public MnistSource {
        classNames = List.copyOf(classNames);
        mirrors = List.copyOf(mirrors);
        files = List.copyOf(files);
        if (files.size() != 4) {
            throw new IllegalArgumentException(name + ": " + files.size() + " files, expected 4");
        }
    }

    /// Handwritten digits: Y. LeCun, C. Cortes, C. Burges, *The MNIST database of handwritten digits*.
    /// 60,000 training and 10,000 test images of 28 × 28.
    public static MnistSource mnist() {
        return new MnistSource(
                "mnist",
                "MNIST",
                List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
                List.of(
                        URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
                        URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/")),
                files(
                        DataFile.Fingerprint.SHA_256_OF_CONTENT,
                        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));
    }

    /// Articles of clothing in the form of MNIST: H. Xiao, K. Rasul, R. Vollgraf, *Fashion-MNIST: a
    /// Novel Image Dataset for Benchmarking Machine Learning Algorithms*, 2017.
    public static MnistSource fashionMnist() {
        return new MnistSource(
                "fashion-mnist",
                "Fashion-MNIST",
                List.of(
                        "T-shirt/top",
                        "Trouser",
                        "Pullover",
                        "Dress",
                        "Coat",
                        "Sandal",
                        "Shirt",
                        "Sneaker",
                        "Bag",
                        "Ankle boot"),
                List.of(URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")),
                files(
                        DataFile.Fingerprint.MD5_OF_GZIP,
                        "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
                        "25c81989df183df01b3e8a0aad5dffbe",
                        "bef4ecab320f06d8554ea6380940ec79",
                        "bb300cfdad3c16e7a12a480ee83cd310"));
    }

    /// The four files of a data set in the form of MNIST, under their usual names.
    ///
    /// @param fingerprint what the digests are taken of
    /// @param trainImages digest of the training images
    /// @param trainLabels digest of the training labels
    /// @param testImages digest of the test images
    /// @param testLabels digest of the test labels
    public static List<DataFile> files(
            DataFile.Fingerprint fingerprint,
            String trainImages,
            String trainLabels,
            String testImages,
            String testLabels) {
        return List.of(
                new DataFile("train-images-idx3-ubyte", fingerprint, trainImages),
                new DataFile("train-labels-idx1-ubyte", fingerprint, trainLabels),
                new DataFile("t10k-images-idx3-ubyte", fingerprint, testImages),
                new DataFile("t10k-labels-idx1-ubyte", fingerprint, testLabels));
    }

    /// The folder that holds the data set, if one does. A folder of downloads that holds only some of
    /// the files does not count: [#fetch] goes on there.
    ///
    /// @throws DataException if a folder of [DataLocations#homes] holds some of the files and lacks
    ///     others
    public Optional<Path> find(DataLocations locations) {
        for (Path home : locations.homes()) {
            Path folder = home.resolve(name);
            List<String> missing = missing(folder);
            if (missing.isEmpty()) {
                return Optional.of(folder);
            }
            if (missing.size() < files.size()) {
                throw incomplete(folder, missing);
            }
        }
        Path folder = locations.cache().resolve(name);
        return missing(folder).isEmpty() ? Optional.of(folder) : Optional.empty();
    }

    /// Loads the data set from a folder that holds the four files, or that has a folder of the data
    /// set's name which does.
    ///
    /// @throws DataException if a file is missing or bad
    public DataSplit load(Path folder) {
        List<String> missing = missing(folder);
        if (missing.isEmpty()) {
            return read(folder);
        }
        Path below = folder.resolve(name);
        if (missing(below).isEmpty()) {
            return read(below);
        }
        throw incomplete(folder, missing);
    }

    /// Loads the data set from where it is found on this machine; downloads nothing.
    ///
    /// @throws DataException if it is not found, or a file is bad
    public DataSplit load(DataLocations locations) {
        return read(find(locations).orElseThrow(() -> absent(locations)));
    }

    /// Loads the data set from where it is found, else downloads it into the cache first.
    ///
    /// @throws DataException if it is neither found nor to be had, or a file is bad
    public DataSplit obtain(DataLocations locations, DownloadProgress progress) {
        Optional<Path> found = find(locations);
        return read(found.isPresent() ? found.get() : fetch(locations, progress));
    }

    /// Brings the four files into the cache and checks their digests; keeps those that are there and
    /// authentic. An interrupted download is taken up where it stopped.
    ///
    /// @return the folder of the files
    /// @throws DataException if a file cannot be had from any mirror, or the cache cannot be written
    public Path fetch(DataLocations locations, DownloadProgress progress) {
        return fetch(locations, new Download(CONNECT_TIMEOUT, IDLE_TIMEOUT, progress));
    }

    Path fetch(DataLocations locations, Download download) {
        Path folder = locations.cache().resolve(name);
        ONE_FETCH.lock(); // file locks are held by the process, not by the thread
        try {
            Files.createDirectories(folder);
            try (FileChannel lock = FileChannel.open(
                            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = lock.lock()) {
                assert held.isValid();
                for (DataFile file : files) {
                    new MirroredFile(file, mirrors).bring(folder, download);
                }
            }
            return folder;
        } catch (IOException failed) {
            throw new DataException(
                    "cannot keep the download of " + title,
                    folder.toString(),
                    failed.toString(),
                    "a folder that may be written to and has room",
                    "make room, or name another folder in " + DataLocations.CACHE_HOME,
                    failed);
        } finally {
            ONE_FETCH.unlock();
        }
    }

    /// Compares the four files in a folder with the published digests. Takes about a second.
    ///
    /// @return a check per file, in the order of [#files]
    /// @throws DataException if a file is missing or cannot be read as IDX
    public List<FileCheck> verify(Path folder) {
        List<String> missing = missing(folder);
        if (!missing.isEmpty()) {
            throw incomplete(folder, missing);
        }
        List<FileCheck> checks = new ArrayList<>();
        for (DataFile file : files) {
            checks.add(file.check(file(folder, file).orElseThrow()));
        }
        return checks;
    }

    /// Reads training and test files on two threads: inflating is most of the work.
    private DataSplit read(Path folder) {
        var reading = new FutureTask<>(() -> read(folder, "train", files.get(0), files.get(1)));
        Thread.ofPlatform().daemon().name("badak-read").start(reading);
        ImageDataset test = read(folder, "test", files.get(2), files.get(3));
        try {
            return new DataSplit(reading.get(), test, title + " from " + folder);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DataException(
                    "interrupted while reading " + title,
                    folder.toString(),
                    "an interrupt",
                    "time to read",
                    "try again",
                    interrupted);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        }
    }

    private ImageDataset read(Path folder, String half, DataFile images, DataFile labels) {
        return ImageDataset.read(
                name + " " + half,
                file(folder, images).orElseThrow(),
                file(folder, labels).orElseThrow(),
                classNames.size());
    }

    private List<String> missing(Path folder) {
        List<String> missing = new ArrayList<>();
        for (DataFile file : files) {
            if (file(folder, file).isEmpty()) {
                missing.add(file.name());
            }
        }
        return missing;
    }

    /// The file under any of its spellings; plain before gzip, because it is read faster.
    private static Optional<Path> file(Path folder, DataFile file) {
        String other = file.name().replace("-idx", ".idx");
        for (String spelling : List.of(file.name(), other, file.name() + ".gz", other + ".gz")) {
            Path candidate = folder.resolve(spelling);
            if (Files.isRegularFile(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private DataException incomplete(Path folder, List<String> missing) {
        return new DataException(
                "cannot use the folder of " + title,
                folder.toString(),
                Files.isDirectory(folder) ? "no " + String.join(", no ", missing) : "no such folder",
                "the four files train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and"
                        + " t10k-labels-idx1-ubyte, each plain or .gz",
                "add the missing files, or name another folder");
    }

    private DataException absent(DataLocations locations) {
        List<String> searched = new ArrayList<>();
        for (Path home : locations.homes()) {
            searched.add(home.resolve(name).toString());
        }
        searched.add(locations.cache().resolve(name).toString());
        return new DataException(
                "cannot find " + title,
                String.join(", ", searched),
                "none of the files",
                "the four files of " + title + " in one of these folders",
                "download them with `badak data fetch " + name + "`, or name a folder that has " + name + "/ in "
                        + DataLocations.DATA_HOME);
    }
}
