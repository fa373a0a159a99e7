package org.badak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDatasetTest {
    private static final byte[] PIXELS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    private final ImageDataset three = new ImageDataset("three", 2, 2, 3, PIXELS, new int[] {2, 0, 1});

    @TempDir
    Path folder;

    @Test
    void tellsItsSizes() {
        assertThat(three.count()).isEqualTo(3);
        assertThat(three.features()).isEqualTo(4);
        assertThat(three.label(0)).isEqualTo(2);
        assertThat(three).hasToString("three: 3 images of 2 x 2, 3 classes");
    }

    @Test
    void slicesAndSelectsImagesWithTheirLabels() {
        assertThat(three.head(3)).isSameAs(three);
        assertThat(three.slice(1, 3).pixels()).containsExactly(5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(three.slice(1, 3).labels()).containsExactly(0, 1);
        ImageDataset chosen = three.select(new int[] {2, 0, 2});
        assertThat(chosen.pixels()).containsExactly(9, 10, 11, 12, 1, 2, 3, 4, 9, 10, 11, 12);
        assertThat(chosen.labels()).containsExactly(1, 2, 1);
    }

    @Test
    void hashFollowsContentAndNotName() {
        var sameContent = new ImageDataset("other", 2, 2, 3, PIXELS.clone(), new int[] {2, 0, 1});
        assertThat(sameContent.sha256()).isEqualTo(three.sha256());
        assertThat(new ImageDataset("three", 2, 2, 3, PIXELS, new int[] {2, 1, 1}).sha256())
                .isNotEqualTo(three.sha256());
        assertThat(new ImageDataset("three", 1, 4, 3, PIXELS, new int[] {2, 0, 1}).sha256())
                .isNotEqualTo(three.sha256());
        // computed outside Java from the documented serialisation
        assertThat(three.sha256()).isEqualTo("f56d8b5bb4bb927846c585f58bc19c1e2188deb685df00de3f6d28d4fbf22550");
    }

    @Test
    void refusesSamplesThatAreNotThere() {
        assertThat(error(() -> three.slice(1, 4)))
                .hasMessageContaining("1 to 4")
                .hasMessageContaining("0 to 3");
        assertThat(error(() -> three.head(0))).hasMessageContaining("0 to 0");
        assertThat(error(() -> three.select(new int[] {-1})))
                .hasMessageContaining("index -1")
                .hasMessageContaining("0 to 2");
        assertThat(error(() -> three.select(new int[0]))).hasMessageContaining("0 images");
    }

    @Test
    void refusesArraysThatDoNotFit() {
        assertThat(error(() -> new ImageDataset("odd", 2, 3, 3, new byte[8], new int[1])))
                .hasMessageContaining("odd")
                .hasMessageContaining("8 pixels")
                .hasMessageContaining("2 x 3 = 6");
        assertThat(error(() -> new ImageDataset("label", 2, 2, 3, new byte[8], new int[] {0, 3})))
                .hasMessageContaining("sample 1")
                .hasMessageContaining("label 3")
                .hasMessageContaining("0 to 2");
        assertThat(error(() -> new ImageDataset("counts", 2, 2, 3, new byte[8], new int[3])))
                .hasMessageContaining("2 images and 3 labels");
        assertThat(error(() -> new ImageDataset("flat", 0, 2, 3, new byte[8], new int[3])))
                .hasMessageContaining("0 x 2");
        assertThat(error(() -> new ImageDataset("one", 2, 2, 1, new byte[8], new int[2])))
                .hasMessageContaining("1 classes");
    }

    @Test
    void readsImageAndLabelFiles() throws IOException {
        Path images = Files.write(folder.resolve("images"), IdxFileTest.idx(PIXELS, 3, 2, 2));
        Path labels = Files.write(folder.resolve("labels"), IdxFileTest.gzip(IdxFileTest.idx(new byte[] {2, 0, 1}, 3)));
        assertThat(ImageDataset.read("three", images, labels, 3).sha256()).isEqualTo(three.sha256());
    }

    @Test
    void namesBothFilesAndCountsWhereTheyDisagree() throws IOException {
        Path images = Files.write(folder.resolve("images"), IdxFileTest.idx(PIXELS, 3, 2, 2));
        Path labels = Files.write(folder.resolve("labels"), IdxFileTest.idx(new byte[] {2, 0}, 2));
        assertThat(error(() -> ImageDataset.read("three", images, labels, 3)))
                .hasMessageContaining("3 images and 2 labels")
                .hasMessageContaining(images.toString())
                .hasMessageContaining(labels.toString());
    }

    @Test
    void noticesExchangedFiles() throws IOException {
        Path images = Files.write(folder.resolve("images"), IdxFileTest.idx(PIXELS, 3, 2, 2));
        Path labels = Files.write(folder.resolve("labels"), IdxFileTest.idx(new byte[] {2, 0, 1}, 3));
        assertThat(error(() -> ImageDataset.read("three", labels, images, 3)))
                .hasMessageContaining("rank 3")
                .hasMessageContaining("rank 1")
                .hasMessageContaining("exchanged");
    }

    @Test
    void splitHalvesMustFitEachOther() {
        var other = new ImageDataset("other", 1, 4, 3, PIXELS, new int[] {2, 0, 1});
        assertThat(error(() -> new DataSplit(three, other, "made up")))
                .hasMessageContaining("made up")
                .hasMessageContaining("2 x 2")
                .hasMessageContaining("1 x 4");
        assertThat(new DataSplit(three, three, "made up").head(2, 1).train().count())
                .isEqualTo(2);
    }

    private static DataException error(org.assertj.core.api.ThrowableAssert.ThrowingCallable code) {
        DataException error = catchThrowableOfType(DataException.class, code);
        assertThat(error).isNotNull();
        return error;
    }
}
