package org.badak.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedModelTest {
    @TempDir
    Path folder;

    @Test
    void fileIsReadOnceItDidNotChangeBetweenTwoLooks() throws IOException {
        Path file = TestModels.write(folder.resolve("m"), TestModels.digits(1, 5));
        byte[] next = Files.readAllBytes(TestModels.write(folder.resolve("n"), TestModels.digits(2, 9)));
        ServedModel model = new ServedModel("m", file, new ServeListener() {});
        Files.write(file, Arrays.copyOf(next, next.length / 2)); // as far as somebody has copied it
        model.look();
        Files.write(file, next);
        model.look();

        assertThat(model.current().version()).isEqualTo(1);

        model.look();

        assertThat(model.current().version()).isEqualTo(2);
        assertThat(model.refused()).isZero();
    }
}
