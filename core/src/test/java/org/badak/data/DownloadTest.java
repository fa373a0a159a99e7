package org.badak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    private static final String IMAGES = "train-images-idx3-ubyte.gz";

    private final Map<String, byte[]> published = new LinkedHashMap<>(); // name to .gz content
    private final List<String> digests = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private MirrorServer first;
    private MirrorServer second;

    @TempDir
    Path cache;

    @BeforeEach
    void serveFilesOnTwoMirrors() throws Exception {
        first = new MirrorServer();
        second = new MirrorServer();
        var random = new Random(1);
        publish("train-images-idx3-ubyte", random, 30, 28, 28);
        publish("train-labels-idx1-ubyte", random, 30);
        publish("t10k-images-idx3-ubyte", random, 10, 28, 28);
        publish("t10k-labels-idx1-ubyte", random, 10);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    @Test
    void bringsTheFilesOnceAndReportsProgress() throws IOException {
        var last = new LinkedHashMap<String, Long>();
        DataSplit split = source().obtain(locations(), (file, received, total) -> {
            last.put(file, received);
            assertThat(total).isEqualTo(published.get(file).length);
        });
        assertThat(split.train().count()).isEqualTo(30);
        assertThat(split.test().count()).isEqualTo(10);
        assertThat(last)
                .hasSize(4)
                .allSatisfy((file, received) -> assertThat(received).isEqualTo(published.get(file).length));
        assertOnlyWholeFiles();
        assertThat(source().obtain(locations(), DownloadProgress.SILENT).train().sha256())
                .isEqualTo(split.train().sha256());
        source().fetch(locations(), DownloadProgress.SILENT);
        assertThat(first.requests()).hasSize(4);
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void goesOnWhereTheConnectionWasCut() throws IOException {
        byte[] content = published.get(IMAGES);
        first.on(IMAGES, MirrorServer.cutOnceAfter(5000, content));
        fetch();
        assertThat(first.requests())
                .startsWith(IMAGES + " null", IMAGES + " bytes=5000-")
                .hasSize(5);
        assertOnlyWholeFiles();
    }

    @Test
    void goesOnWhereAnEarlierProcessWasKilled() throws IOException {
        part(Arrays.copyOf(published.get(IMAGES), 3000));
        fetch();
        assertThat(first.requests()).startsWith(IMAGES + " bytes=3000-").hasSize(4);
        assertOnlyWholeFiles();
    }

    @Test
    void publishesAPartThatIsAlreadyWhole() throws IOException {
        part(published.get(IMAGES));
        fetch();
        assertThat(first.requests())
                .startsWith(IMAGES + " bytes=" + published.get(IMAGES).length + "-")
                .hasSize(4);
        assertOnlyWholeFiles();
    }

    @Test
    void beginsAgainWhenWhatWasLeftDoesNotFit() throws IOException {
        part(new byte[3000]);
        fetch();
        assertThat(first.requests())
                .startsWith(IMAGES + " bytes=3000-", IMAGES + " null")
                .hasSize(5);
        assertOnlyWholeFiles();
    }

    @Test
    void takesAWholeAnswerToARequestForTheRest() throws IOException {
        part(new byte[3000]);
        first.on(IMAGES, MirrorServer.wholeFile(published.get(IMAGES)));
        fetch();
        assertThat(first.requests()).hasSize(4);
        assertOnlyWholeFiles();
    }

    @Test
    void ignoresTemporaryFilesOfKilledWriters() throws IOException {
        Path folder = Files.createDirectories(cache.resolve("mnist"));
        Files.write(folder.resolve(IMAGES + ".4711-1.tmp"), new byte[100]);
        fetch();
        assertThat(source().verify(folder)).extracting(FileCheck::verdict).containsOnly(FileCheck.Verdict.AUTHENTIC);
    }

    @Test
    void replacesADamagedFileInTheCache() throws IOException {
        Path folder = Files.createDirectories(cache.resolve("mnist"));
        Files.write(folder.resolve(IMAGES), Arrays.copyOf(published.get(IMAGES), 4000));
        fetch();
        assertOnlyWholeFiles();
    }

    @Test
    void refusesAnotherFileThanThePublishedOne() throws IOException {
        byte[] other = IdxFileTest.gzip(IdxFileTest.idx(new byte[784], 1, 28, 28));
        first.on(IMAGES, MirrorServer.file(other));
        second.on(IMAGES, MirrorServer.file(other));
        DataException error = refused();
        String found = IdxFile.read(Files.write(cache.resolve("other"), other)).sha256();
        assertThat(error.found())
                .contains("found SHA-256 of the content " + found)
                .contains("expected SHA-256 of the content " + digests.getFirst());
    }

    @Test
    void refusesAWebPageAtOnce() throws IOException {
        first.on(IMAGES, MirrorServer.answer(200, "<!DOCTYPE html><title>Sign in to the hotel</title>"));
        second.on(IMAGES, MirrorServer.answer(200, "<html>"));
        assertThat(refused().found()).contains("looks like a web page").contains("expected 1f 8b");
    }

    @Test
    void namesEachMirrorAndWhatHappenedThere() throws IOException {
        first.on(IMAGES, MirrorServer.answer(404, "gone"));
        second.on(IMAGES, MirrorServer.answer(503, "later"));
        DataException error = refused();
        assertThat(error.found())
                .contains(first.address().resolve(IMAGES) + ": HTTP 404 Not Found")
                .contains(second.address().resolve(IMAGES) + ": HTTP 503 Service Unavailable");
        assertThat(error.where())
                .isEqualTo(cache.resolve("mnist").resolve(IMAGES).toString());
        assertThat(error.remedy()).contains("BADAK_DATA_HOME");
    }

    @Test
    void saysWhereARedirectLeadsThatIsNotFollowed() throws IOException {
        first.on(IMAGES, exchange -> {
            exchange.getResponseHeaders().add("Location", "ftp://elsewhere/");
            MirrorServer.answer(302, "moved").handle(exchange);
        });
        fetch();
        assertThat(failures).singleElement().asString().contains("HTTP 302").contains("redirects to ftp://elsewhere/");
    }

    @Test
    void takesTheNextMirrorWhenOneFails() throws IOException {
        first.on(IMAGES, MirrorServer.answer(500, "broken"));
        fetch();
        assertThat(second.requests()).containsExactly(IMAGES + " null");
        assertThat(failures).singleElement().asString().contains("HTTP 500");
        assertOnlyWholeFiles();
    }

    @Test
    void goesOnAtTheNextMirrorWithWhatTheFirstDelivered() throws IOException {
        byte[] content = published.get(IMAGES);
        first.on(IMAGES, exchange -> {
            if (exchange.getRequestHeaders().containsKey("Range")) {
                MirrorServer.answer(503, "overloaded").handle(exchange);
            } else {
                MirrorServer.cutOnceAfter(7000, content).handle(exchange);
            }
        });
        fetch();
        assertThat(second.requests()).containsExactly(IMAGES + " bytes=7000-");
        assertOnlyWholeFiles();
    }

    @Test
    void givesUpAMirrorThatIsSilent() throws IOException {
        first.on(IMAGES, exchange -> pause(5000));
        var download = new Download(Duration.ofSeconds(5), Duration.ofMillis(200), recording());
        source().fetch(locations(), download);
        assertThat(failures).singleElement().asString().contains("timed out");
    }

    @Test
    void givesUpAMirrorThatCannotBeReached() throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        MnistSource source = source(URI.create("http://127.0.0.1:" + port + "/"), second.address());
        source.fetch(locations(), recording());
        assertThat(failures)
                .hasSize(4)
                .allSatisfy(failure -> assertThat(failure).contains("Connection refused"));
    }

    @Test
    void twoAtOnceDownloadOnce() throws Exception {
        first.on(IMAGES, exchange -> {
            pause(200); // time for the other to come
            MirrorServer.file(published.get(IMAGES)).handle(exchange);
        });
        var other = new FutureTask<>(() -> source().fetch(locations(), recording()));
        Thread.ofPlatform().start(other);
        fetch();
        assertThat(other.get()).isEqualTo(cache.resolve("mnist"));
        assertThat(first.requests()).hasSize(4);
    }

    @Test
    void recognisesFilesByMd5OfTheArchive() throws Exception {
        List<String> sums = new ArrayList<>();
        for (byte[] content : published.values()) {
            sums.add(HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content)));
        }
        MnistSource byArchive = new MnistSource(
                "mnist",
                "MNIST",
                MnistSource.mnist().classNames(),
                List.of(first.address()),
                MnistSource.files(
                        DataFile.Fingerprint.MD5_OF_GZIP, sums.get(0), sums.get(1), sums.get(2), sums.get(3)));
        Path folder = byArchive.fetch(locations(), DownloadProgress.SILENT);
        assertThat(byArchive.verify(folder)).extracting(FileCheck::verdict).containsOnly(FileCheck.Verdict.AUTHENTIC);
        first.on(IMAGES, MirrorServer.file(new byte[] {0x1F, (byte) 0x8B, 8, 0}));
        Files.delete(folder.resolve(IMAGES));
        DataException error =
                catchThrowableOfType(DataException.class, () -> byArchive.fetch(locations(), DownloadProgress.SILENT));
        assertThat(error.found()).contains("cannot decompress the gzip file");
    }

    @Test
    void saysThatTheCacheCannotBeWritten() throws IOException {
        Files.write(cache.resolve("mnist"), new byte[0]); // a file where the folder should be
        DataException error = catchThrowableOfType(DataException.class, () -> source().fetch(locations(), recording()));
        assertThat(error)
                .hasMessageContaining(cache.resolve("mnist").toString())
                .hasMessageContaining("a folder that may be written to")
                .hasMessageContaining("BADAK_CACHE_HOME");
    }

    private void publish(String name, Random random, int... shape) throws IOException {
        byte[] data = new byte[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) random.nextInt(shape.length == 1 ? 10 : 256);
        }
        byte[] content = IdxFileTest.gzip(IdxFileTest.idx(data, shape));
        digests.add(new IdxArray(IdxType.UNSIGNED_BYTE, shape, data).sha256());
        published.put(name + ".gz", content);
        first.on(name + ".gz", MirrorServer.file(content));
        second.on(name + ".gz", MirrorServer.file(content));
    }

    private MnistSource source() {
        return source(first.address(), second.address());
    }

    private MnistSource source(URI... mirrors) {
        return new MnistSource(
                "mnist",
                "MNIST",
                MnistSource.mnist().classNames(),
                List.of(mirrors),
                MnistSource.files(
                        DataFile.Fingerprint.SHA_256_OF_CONTENT,
                        digests.get(0),
                        digests.get(1),
                        digests.get(2),
                        digests.get(3)));
    }

    private DataLocations locations() {
        return new DataLocations(List.of(), cache);
    }

    private DownloadProgress recording() {
        return new DownloadProgress() {
            @Override
            public void received(String file, long received, long total) {}

            @Override
            public void failed(URI address, String reason) {
                failures.add(address + ": " + reason);
            }
        };
    }

    private static void pause(int milliseconds) throws InterruptedIOException {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException stopped) {
            throw new InterruptedIOException();
        }
    }

    private void fetch() {
        assertThat(source().fetch(locations(), recording())).isEqualTo(cache.resolve("mnist"));
    }

    private DataException refused() throws IOException {
        DataException error = catchThrowableOfType(DataException.class, this::fetch);
        assertThat(error).isNotNull();
        try (var files = Files.list(cache.resolve("mnist"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly(".lock");
        }
        return error;
    }

    private void part(byte[] content) throws IOException {
        Files.write(Files.createDirectories(cache.resolve("mnist")).resolve(IMAGES + ".part"), content);
    }

    private void assertOnlyWholeFiles() throws IOException {
        Path folder = cache.resolve("mnist");
        for (var file : published.entrySet()) {
            assertThat(folder.resolve(file.getKey())).hasBinaryContent(file.getValue());
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals(".lock")))
                    .containsExactlyInAnyOrderElementsOf(published.keySet());
        }
    }
}
